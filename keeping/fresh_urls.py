"""The addresses of the links in mails: still right, named by a lab, renewed."""

from django.urls import path

from .views import named, renew, still_right

urlpatterns = [
    path("still-right/<str:token>/", still_right.still_right, name="still_right"),
    path("still-right/<str:token>/change/", still_right.change, name="still_right_change"),
    path("still-right/<str:token>/ended/", still_right.ended, name="still_right_ended"),
    path("account/entries/<slug:public_id>/confirm/", still_right.confirm, name="confirm"),
    path("renew/<str:token>/", renew.by_token, name="renew_by_token"),
    path("<kind:kind>/<slug:slug>/renew/", renew.by_member, name="renew"),
    path("named/<str:token>/", named.by_token, name="named"),
    path("actors/<slug:slug>/named/", named.by_member, name="named_actor"),
]
