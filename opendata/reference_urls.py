"""The address of the API's reference, in each language."""

from django.urls import path

from .views import reference

app_name = "reference"

urlpatterns = [path("api/v1/docs/", reference.page, name="page")]
