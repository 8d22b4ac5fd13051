"""The addresses of editing an entry, its history, suggesting, ending."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
