"""The addresses of the curators' desk."""

from django.urls import URLPattern

app_name = "desk"

urlpatterns: list[URLPattern] = []
