"""The addresses of this: shortlist, comparing, sharing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
