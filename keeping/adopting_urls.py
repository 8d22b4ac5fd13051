"""The addresses of taking a solution over, and of one adoption."""

from django.urls import path

from .views import adopt, adopt_actor, adoption

ONE = "solutions/<slug:slug>/adoptions/<int:number>/"

urlpatterns = [
    path("solutions/<slug:slug>/we-use-this/", adopt.adopt, name="adopt"),
    path("solutions/<slug:slug>/we-use-this/find/<slug:field>/", adopt.find, name="find_in_adopting"),
    path("actors/<slug:slug>/taken-over/", adopt_actor.reuse, name="reuse"),
    path(ONE, adoption.adoption, name="adoption"),
    path(f"{ONE}edit/", adoption.change, name="change_adoption"),
    path(f"{ONE}end/", adoption.end, name="end_adoption"),
    path(f"{ONE}take-up/", adoption.take_up, name="take_up_adoption"),
    path(f"{ONE}confirm/", adoption.confirm, name="confirm_adoption"),
    path(f"{ONE}decline/", adoption.decline, name="decline_adoption"),
]
