"""The addresses of what the records say together."""

from django.urls import path

from .views import about, home, search, whole_map

app_name = "ecosystem"

urlpatterns = [
    path("", home.home, name="home"),
    path("map/", whole_map.whole_map, name="map"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("was/", about.accessibility, name="was"),
    path("privacy/", about.privacy, name="privacy"),
]
