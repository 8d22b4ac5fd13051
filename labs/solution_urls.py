"""The addresses of solutions."""

from django.urls import path

from .views import browse_solutions, read_solution

app_name = "solutions"

urlpatterns = [
    path("solutions/", browse_solutions.browse, name="browse"),
    path("solutions/map.geojson", browse_solutions.points, name="map"),
    path("solutions/<slug:slug>/", read_solution.solution, name="solution"),
]
