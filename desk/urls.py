"""The addresses of the curators' desk."""

from django.urls import path

from .views import cases, morning, stewards, texts

app_name = "desk"

urlpatterns = [
    path("desk/", morning.desk, name="desk"),
    path("desk/texts/", texts.texts, name="texts"),
    path("desk/texts/new/", texts.new, name="new_text"),
    path("desk/texts/<int:number>/", texts.text, name="text"),
    path("desk/texts/<int:number>/remove/", texts.remove, name="remove_text"),
    path("desk/stewards/", stewards.stewards, name="stewards"),
    path("desk/stewards/<int:number>/end/", stewards.end, name="end_stewardship"),
    path("desk/<slug:queue>/", morning.queue, name="queue"),
    path("desk/<slug:queue>/<slug:number>/", cases.case, name="case"),
]
