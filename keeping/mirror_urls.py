"""The addresses of PULL-spejlet as those who look after a lab keep it, and of answering it."""

from django.urls import path

from .views import mirror, mirror_sheets

urlpatterns = [
    path("account/mirror/<slug:public_id>/", mirror.mirror, name="mirror"),
    path("account/mirror/runs/<int:number>/", mirror.run, name="mirror_run"),
    path("account/mirror/runs/<int:number>/ask/", mirror.ask, name="mirror_ask"),
    path("account/mirror/runs/<int:number>/finish/", mirror.finish, name="mirror_finish"),
    path("account/mirror/runs/<int:number>/drop/", mirror.drop, name="mirror_drop"),
    path("account/mirror/runs/<int:number>/show/", mirror.show, name="mirror_show"),
    path("account/mirror/sheets/<int:number>/", mirror_sheets.by_member, name="mirror_sheet"),
    path("mirror/<str:token>/", mirror_sheets.by_link, name="mirror_by_link"),
]
