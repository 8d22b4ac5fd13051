"""The addresses of feeds, in each language."""

from django.urls import path

from .views import machines

app_name = "feeds"

urlpatterns = [path("feeds/<slug:name>.atom", machines.feed, name="feed")]
