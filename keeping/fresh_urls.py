"""The addresses of the links in mails: still right, named by a lab."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
