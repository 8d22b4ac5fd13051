"""The addresses of the curators' desk."""

from django.urls import path

from .views import cases, misses, morning, stewards, texts, words

app_name = "desk"

urlpatterns = [
    path("desk/", morning.desk, name="desk"),
    path("desk/texts/", texts.texts, name="texts"),
    path("desk/texts/new/", texts.new, name="new_text"),
    path("desk/texts/<int:number>/", texts.text, name="text"),
    path("desk/texts/<int:number>/remove/", texts.remove, name="remove_text"),
    path("desk/stewards/", stewards.stewards, name="stewards"),
    path("desk/stewards/<int:number>/end/", stewards.end, name="end_stewardship"),
    path("desk/searched/", misses.misses, name="misses"),
    path("desk/searched/<int:number>/", misses.miss, name="miss"),
    path("desk/words/", words.words, name="words"),
    path("desk/words/new/", words.new, name="new_words"),
    path("desk/words/<int:number>/", words.group, name="word"),
    path("desk/words/<int:number>/remove/", words.remove, name="remove_words"),
    path("desk/<slug:queue>/", morning.queue, name="queue"),
    path("desk/<slug:queue>/<slug:number>/", cases.case, name="case"),
]
