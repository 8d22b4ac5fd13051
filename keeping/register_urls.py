"""The addresses of registering an entry."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
