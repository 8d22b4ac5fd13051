"""Words that mean the same: the groups search knows, kept by curators."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curation.actions import Overtaken, SaidElsewhere, drop_synonyms, keep_synonyms
from curation.models import Synonyms
from keeping.requests import MemberRequest
from places.danish import fold

from ..access import only_curators
from ..paging import Paged
from ..word_forms import SynonymsForm, moment


@require_safe
def words(request: MemberRequest) -> HttpResponse:
    """All groups, or those in which a word holds what was typed."""
    only_curators(request.user)
    typed = request.GET.get("q", "").strip()[:200]
    found = _holding(typed, list(Synonyms.objects.select_related("changed_by")))
    query = urlencode({"q": typed}) if typed else ""
    context = {"groups": Paged.asked(request.GET, found), "typed": typed, "query": query}
    return render(request, "desk/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A new group, with the words an address says."""
    only_curators(request.user)
    if request.method == "POST":
        return _keep(request, SynonymsForm(request.POST), None)
    begun = [word for word in request.GET.getlist("word") if word.strip()]
    return _page(request, SynonymsForm(initial={"words": "\n".join(begun)[:1000]}), None)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: MemberRequest, number: int) -> HttpResponse:
    """Change a group."""
    only_curators(request.user)
    held = get_object_or_404(Synonyms.objects.select_related("changed_by"), pk=number)
    if request.method == "POST":
        return _keep(request, SynonymsForm(request.POST), held)
    return _page(request, SynonymsForm.of(held), held)


@require_POST
def remove(request: MemberRequest, number: int) -> HttpResponse:
    """Take a group away; the words are no longer found for each other from the next page on."""
    only_curators(request.user)
    held = get_object_or_404(Synonyms.objects.select_related("changed_by"), pk=number)
    try:
        drop_synonyms(held, seen=moment(request.POST.get("seen", "")))
    except Overtaken:
        return _overtaken(request, held)
    messages.success(request, _("The words are no longer found for each other."))
    return redirect("desk:words")


def _keep(request: MemberRequest, form: SynonymsForm, held: Synonyms | None) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, held, status=422)
    said = form.cleaned_data
    try:
        keep_synonyms(said["words"], source=said["source"], group=held, seen=form.seen_at, by=request.user)
    except SaidElsewhere as problem:
        told = {"word": problem.word, "group": problem.group}
        form.add_error("words", _("“%(word)s” stands in another group already: %(group)s.") % told)
        return _page(request, form, held, status=422, elsewhere=problem.group)
    except Overtaken:
        return _overtaken(request, held)
    messages.success(request, _("Kept. Search finds these words for each other from now on."))
    return redirect("desk:words")


def _overtaken(request: MemberRequest, held: Synonyms | None) -> HttpResponse:
    """What was typed stays, beside what stands there now; sending it again puts it over that."""
    now = Synonyms.objects.select_related("changed_by").filter(pk=held.pk).first() if held else None
    if now is None:
        messages.warning(request, _("Somebody else has removed this group meanwhile."))
        return redirect("desk:words")
    form = SynonymsForm.of(now)
    if "words" in request.POST:
        typed = request.POST.copy()
        typed["seen"] = now.changed_at.isoformat()
        form = SynonymsForm(typed)
    return _page(request, form, now, status=409)


def _page(
    request: MemberRequest, form: SynonymsForm, held: Synonyms | None, *, status: int = 200,
    elsewhere: Synonyms | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "group": held, "elsewhere": elsewhere, "overtaken": status == 409}
    return render(request, "desk/word.html", context, status=status)


def _holding(typed: str, groups: Sequence[Synonyms]) -> Sequence[Synonyms]:
    wanted = fold(typed)
    return [group for group in groups if any(wanted in fold(word) for word in group.words)]
