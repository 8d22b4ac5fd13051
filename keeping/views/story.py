"""Writing a place's own story."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curation.actions import Overtaken
from curation.forms import Words
from places.models import Place

from ..comparing import Side, seal, unseal
from ..requests import MemberRequest
from ..stories import FIELDS, StoryForm, merged, place_to_tell, sides, tell, told


@require_http_methods(["GET", "HEAD", "POST"])
def story(request: MemberRequest, address: str) -> HttpResponse:
    """The form. What somebody else has written meanwhile is shown beside what was typed, never lost."""
    place = place_to_tell(request.user, address)
    now = told(place)
    if request.method != "POST":
        return _form(request, place, StoryForm(initial=_texts(now)), now)
    began, typed = _began(request.POST, now), _typed(request.POST)
    form = StoryForm(_texts(typed))
    if not form.is_valid():
        return _form(request, place, form, began, status=422)
    try:
        tell(place, began=began, **form.cleaned_data)
    except Overtaken:
        return _overtaken(request, place, began, typed)
    messages.success(request, _("Saved. It can be read on the page now."))
    return redirect(place)


def _began(sent: QueryDict, now: Words) -> Words:
    """What the page began with; one that does not tell began with nothing."""
    began = unseal(sent.get("began", ""))
    return began if began and began.keys() == now.keys() else {name: [""] for name in FIELDS}


def _typed(sent: QueryDict) -> Words:
    return {name: [sent.get(name, "").replace("\r\n", "\n").strip()] for name in FIELDS}


def _texts(words: Words) -> dict[str, str]:
    return {name: values[0] for name, values in words.items()}


def _overtaken(request: MemberRequest, place: Place, began: Words, typed: Words) -> HttpResponse:
    """Both texts; sending it again replaces what it says now."""
    place.refresh_from_db(fields=FIELDS)
    now = told(place)
    form = StoryForm(initial=_texts(merged(began, now, typed)))
    return _form(request, place, form, now, compared=sides(began, now, typed), status=409)


def _form(
    request: MemberRequest, place: Place, form: StoryForm, began: Words,
    compared: Sequence[Side] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {"place": place, "form": form, "began": seal(began), "sides": compared}
    return render(request, "places/story.html", context, status=status)
