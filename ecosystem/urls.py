"""The addresses of what the records say together."""

from django.urls import path

from .views import about, barometer, home, missing, partners, search, whole_map

app_name = "ecosystem"

urlpatterns = [
    path("", home.home, name="home"),
    path("map/", whole_map.whole_map, name="map"),
    path("search/", search.search, name="search"),
    path("search/missing/", missing.missing, name="missing"),
    path("search/missing/thanks/", missing.thanks, name="missing_thanks"),
    path("partners/", partners.partners, name="partners"),
    path("barometer/", barometer.barometer, name="barometer"),
    path("barometer/figures.csv", barometer.barometer_csv, name="barometer_csv"),
    path("barometer/<slug:figure>.svg", barometer.barometer_svg, name="barometer_svg"),
    path("about/", about.about, name="about"),
    path("was/", about.accessibility, name="was"),
    path("privacy/", about.privacy, name="privacy"),
]
