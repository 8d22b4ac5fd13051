"""The addresses of themes: what stands under one is told by the records, so the pages are made here."""

from django.urls import path

from .views import themes

app_name = "curation"

urlpatterns = [
    path("themes/", themes.themes, name="themes"),
    path("themes/<slug:slug>/", themes.theme, name="theme"),
]
