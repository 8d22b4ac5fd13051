"""The addresses of the themes."""

from django.urls import path

from .views import themes

app_name = "curation"

urlpatterns = [
    path("themes/", themes.themes, name="themes"),
    path("themes/<slug:slug>/", themes.theme, name="theme"),
]
