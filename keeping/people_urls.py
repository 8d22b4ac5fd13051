"""The addresses of members, invitations, claims, one's own page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
