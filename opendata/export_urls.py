"""The addresses of lists as files, in each language."""

from django.urls import path

from .views import exports

app_name = "exports"

urlpatterns = [
    path("<slug:name>/export.csv", exports.as_csv, name="csv"),
    path("<slug:name>/export.xlsx", exports.as_xlsx, name="xlsx"),
    path("<slug:name>/export.geojson", exports.as_geojson, name="geojson"),
]
