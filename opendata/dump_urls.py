"""The addresses of dumps, which have no language."""

from django.urls import path

from .views import dumps

app_name = "dumps"

urlpatterns = [
    path("data/dumps/newest.zip", dumps.newest, name="newest"),
    path("data/dumps/stedkraft-<slug:day>.zip", dumps.dump, name="dump"),
    path("data/dumps/stedkraft-<slug:day>.zip.sha256", dumps.checksum, name="checksum"),
]
