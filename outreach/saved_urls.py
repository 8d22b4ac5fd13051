"""The addresses of this: saved searches."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
