"""The addresses of merging."""

from django.urls import path

from .views import merging

urlpatterns = [
    path("desk/merges/", merging.merges, name="merges"),
    path("desk/merges/<int:number>/", merging.merge, name="merge"),
    path("desk/merge/<slug:public_id>/", merging.merge_with, name="merge_with"),
]
