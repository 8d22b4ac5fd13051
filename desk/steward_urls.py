"""The addresses of those who look after something: a page each, absence, entries, the weekly mail."""

from django.urls import path

from .views import absence, entry_stewards, quality, stewards, weekly, workload

urlpatterns = [
    path("desk/stewards/", stewards.stewards, name="stewards"),
    path("desk/stewards/<int:number>/end/", stewards.end, name="end_stewardship"),
    path("desk/stewards/entry/<slug:public_id>/", entry_stewards.entry, name="entry_stewards"),
    path("desk/stewards/person/<int:number>/", absence.steward, name="steward"),
    path("desk/stewards/person/<int:number>/away/", absence.be_away, name="be_away"),
    path("desk/stewards/person/<int:number>/hand-over/", stewards.hand_over_all, name="hand_over_all"),
    path("desk/stewards/person/<int:number>/weekly/", weekly.choose, name="weekly"),
    path("desk/away/<int:number>/", absence.change, name="absence"),
    path("desk/away/<int:number>/back/", absence.come_back, name="come_back"),
    path("desk/away/<int:number>/cannot/", absence.stand_in_no_more, name="stand_in_no_more"),
    path("desk/workload/", workload.workload, name="workload"),
    path("desk/quality/", quality.quality, name="quality"),
    path("desk/quality/entries/", quality.entries, name="quality_entries"),
    path("desk/weekly/<str:token>/", weekly.stop_by_mail, name="stop_weekly"),
]
