"""The addresses of the curators' desk."""

from django.urls import include, path

from .views import bulk, cases, misses, morning, texts, words

app_name = "desk"

urlpatterns = [
    path("desk/", morning.desk, name="desk"),
    path("desk/texts/", texts.texts, name="texts"),
    path("desk/texts/new/", texts.new, name="new_text"),
    path("desk/texts/<int:number>/", texts.text, name="text"),
    path("desk/texts/<int:number>/remove/", texts.remove, name="remove_text"),
    path("", include("desk.steward_urls")),
    path("desk/searched/", misses.misses, name="misses"),
    path("desk/searched/<int:number>/", misses.miss, name="miss"),
    path("desk/words/", words.words, name="words"),
    path("desk/words/new/", words.new, name="new_words"),
    path("desk/words/<int:number>/", words.group, name="word"),
    path("desk/words/<int:number>/remove/", words.remove, name="remove_words"),
    path("desk/bulk/", bulk.bulks, name="bulks"),
    path("desk/bulk/new/<slug:name>/", bulk.choose, name="choose_bulk"),
    path("desk/bulk/<int:number>/", bulk.bulk, name="bulk"),
    path("desk/import/", include("desk.import_urls")),
    path("", include("desk.merge_urls")),
    path("desk/<slug:queue>/", morning.queue, name="queue"),
    path("desk/<slug:queue>/<slug:number>/", cases.case, name="case"),
]
