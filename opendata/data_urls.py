"""The address of the page about open data, in each language."""

from django.urls import path

from .views import data

app_name = "data"

urlpatterns = [path("data/", data.page, name="data")]
