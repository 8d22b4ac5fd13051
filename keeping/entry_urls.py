"""The addresses of editing an entry, its history, suggesting, ending."""

from django.urls import path

from .views import answer, coupling, edit, ending, history, learned, story, suggest

urlpatterns = [
    path("<kind:kind>/<slug:slug>/edit/", edit.overview, name="edit"),
    path("<kind:kind>/<slug:slug>/edit/<slug:section>/", edit.edit, name="edit_section"),
    path("<kind:kind>/<slug:slug>/couple/", coupling.couple, name="couple"),
    path("<kind:kind>/<slug:slug>/end/", ending.end, name="end"),
    path("<kind:kind>/<slug:slug>/end/find/", ending.find_heir, name="find_heir"),
    path("<kind:kind>/<slug:slug>/resume/", ending.resume, name="resume"),
    path("<kind:kind>/<slug:slug>/withdraw/", ending.withdraw, name="withdraw"),
    path("<kind:kind>/<slug:slug>/history/", history.history, name="history"),
    path("<kind:kind>/<slug:slug>/history/<int:moment>/revert/", history.revert, name="revert"),
    path("<kind:kind>/<slug:slug>/suggest/", suggest.choose, name="suggest"),
    path("<kind:kind>/<slug:slug>/suggest/words/", suggest.in_words, name="suggest_in_words"),
    path("<kind:kind>/<slug:slug>/suggest/thanks/", suggest.thanks, name="suggest_thanks"),
    path("<kind:kind>/<slug:slug>/suggest/<slug:section>/", suggest.suggest, name="suggest_section"),
    path("needs/<slug:slug>/answer/", answer.answer, name="answer"),
    path("trials/<slug:slug>/learned/", learned.learn, name="learn"),
    path("trials/<slug:slug>/learned/<int:number>/", learned.correct, name="correct_learning"),
    path("trials/<slug:slug>/learned/<int:number>/take-back/", learned.take_back, name="take_back_learning"),
    path("places/<slug:address>/story/", story.story, name="story"),
    path("account/suggestions/<int:number>/", suggest.suggestion, name="suggestion"),
]
