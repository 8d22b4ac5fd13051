"""The addresses of what the records say together."""

from django.urls import path

from .views import about, home, search

app_name = "ecosystem"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("was/", about.accessibility, name="was"),
    path("privacy/", about.privacy, name="privacy"),
]
