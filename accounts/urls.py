"""The addresses about one's own account; allauth's own stand beside them in config/urls.py."""

from django.urls import path

from .views import again, data, settings

app_name = "accounts"

urlpatterns = [
    path("account/again/", again.again, name="again"),
    path("account/settings/", settings.settings, name="settings"),
    path("account/data/", data.data, name="data"),
    path("account/data/download/", data.export, name="export"),
    path("account/erase/", data.erase, name="erase"),
]
