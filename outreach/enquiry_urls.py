"""The addresses of this: writing to those behind an entry."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
