"""The addresses of members, invitations, claims, one's own page."""

from django.urls import path

from .views import claims, home, people, roles

urlpatterns = [
    path("account/", home.home, name="home"),
    path("account/entries/<slug:public_id>/", home.entry, name="entry"),
    path("account/entries/<slug:public_id>/take-back/", home.take_back, name="take_back"),
    path("account/invitations/<int:number>/", people.invited, name="invited"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("actors/<slug:slug>/people/", people.people, name="people"),
    path("actors/<slug:slug>/people/give/", people.give, name="give"),
    path("actors/<slug:slug>/people/<int:number>/role/", people.change_role, name="change_role"),
    path("actors/<slug:slug>/people/<int:number>/end/", people.end, name="end_membership"),
    path(
        "actors/<slug:slug>/invitations/<int:number>/withdraw/", people.withdraw, name="withdraw_invitation"
    ),
    path("<kind:kind>/<slug:slug>/claim/", claims.claim, name="claim"),
    path("roles/", roles.roles, name="roles"),
]
