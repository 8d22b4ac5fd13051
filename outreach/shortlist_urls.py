"""The addresses of this: shortlist, comparing, sharing."""

from django.urls import path

from .views import shortlist, shortlist_comparing, shortlist_keeping, shortlist_sharing

urlpatterns = [
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("shortlist/shortlist.csv", shortlist.export, name="shortlist_csv"),
    path("shortlist/kept.json", shortlist.kept, name="kept"),
    path("shortlist/keep/<slug:public_id>/", shortlist_keeping.keep, name="keep"),
    path("shortlist/note/<slug:public_id>/", shortlist_keeping.note, name="note"),
    path("shortlist/compare/", shortlist_comparing.compare, name="compare"),
    path("shortlist/share/", shortlist_sharing.share, name="share"),
    path("shortlist/shared/<slug:key>/", shortlist_sharing.shared, name="shared"),
]
