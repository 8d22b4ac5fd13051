"""The addresses of this: saved searches."""

from django.urls import path

from .views import saved

urlpatterns = [
    path("account/searches/", saved.searches, name="searches"),
    path("account/searches/save/", saved.save, name="save_search"),
    path("account/searches/<int:number>/", saved.search, name="search"),
    path("account/searches/<int:number>/seen/", saved.see, name="see_search"),
    path("account/searches/<int:number>/stop/", saved.stop, name="stop_search"),
    path("account/searches/<int:number>/forget/", saved.forget, name="forget_search"),
    path("searches/stop/<str:token>/", saved.stop_by_mail, name="stop_searches"),
]
