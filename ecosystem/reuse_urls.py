"""The addresses of how a solution has spread: a page, a picture and a list."""

from django.urls import path

from .views import reuse

app_name = "reuse"

urlpatterns = [
    path("solutions/<slug:slug>/spread/", reuse.spread, name="spread"),
    path("solutions/<slug:slug>/spread/tree.svg", reuse.spread_svg, name="svg"),
    path("solutions/<slug:slug>/spread/tree.csv", reuse.spread_csv, name="csv"),
]
