"""Saved searches: kept from a list, seen together, changed, stopped also from a mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curation.choices import Rhythm
from curation.models import SavedSearch
from curation.reference import Reference
from keeping.links_in_mails import link_in_mail
from keeping.requests import MemberRequest

from .. import saved
from ..saved_forms import SearchForm
from ..saved_listing import name_for, rows_of
from ..saved_pages import Asked, Page, page_at
from ..saved_stopping import stopped_by

GET_AND_POST = ["GET", "HEAD", "POST"]
ONE_CLICK = "List-Unsubscribe"  # what mail programs post (RFC 8058)


@require_safe
def searches(request: MemberRequest) -> HttpResponse:
    """All one keeps: what each finds now, and what of it is new."""
    return render(request, "outreach/saved/searches.html", {"rows": rows_of(request.user)})


@require_http_methods(GET_AND_POST)
def save(request: MemberRequest) -> HttpResponse:
    """Keep the search at an address (`path` and the page's own parameters); who has it already changes it."""
    page, asked = _asked(request)
    query = asked.parameters
    kept = request.user.saved_searches.filter(path=page.path, query=query.urlencode()).first()
    proposed = {"name": name_for(page, asked), "rhythm": Rhythm.WEEKLY}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=_said(kept) or proposed)
    if request.method == "POST" and form.is_valid():
        try:
            saved.save(by=request.user, page=page, query=query, **form.cleaned_data)
        except saved.TooMany:
            form.add_error(None, _too_many())
        else:
            messages.success(request, _("The search is saved."))
            return redirect("outreach:searches")
    context = {"form": form, "label": page.label, "words": asked.words, "kept": kept, "search": None}
    return render(request, "outreach/saved/search.html", context, status=_status(form))


@require_http_methods(GET_AND_POST)
def search(request: MemberRequest, number: int) -> HttpResponse:
    """Another name, or another rhythm."""
    kept = _own(request, number)
    form = SearchForm(request.POST if request.method == "POST" else None, initial=_said(kept))
    if request.method == "POST" and form.is_valid():
        saved.change(kept, **form.cleaned_data)
        messages.success(request, _("The search is saved."))
        return redirect("outreach:searches")
    context = {"form": form, "label": "", "words": (), "kept": kept, "search": kept}
    return render(request, "outreach/saved/search.html", context, status=_status(form))


@require_POST
def see(request: MemberRequest, number: int) -> HttpResponse:
    """What is new has been seen, and no mail tells of it."""
    saved.see(_own(request, number))
    return redirect("outreach:searches")


@require_POST
def stop(request: MemberRequest, number: int) -> HttpResponse:
    """No more mails of this search."""
    kept = _own(request, number)
    saved.stop(request.user.pk, [kept.pk])
    messages.success(request, _("You get no more mails about “%(name)s”.") % {"name": kept.name})
    return redirect("outreach:searches")


@require_POST
def forget(request: MemberRequest, number: int) -> HttpResponse:
    """It is kept no more."""
    kept = _own(request, number)
    saved.forget(kept)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": kept.name})
    return redirect("outreach:searches")


@csrf_exempt  # mail programs post without a page before; the link is the key, as with every link in a mail
@link_in_mail
def stop_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of what a link names; asked by POST. A mail program's press is answered at once."""
    if request.method == "POST":
        found = stopped_by(token)
        saved.stop(found.user, None if found.all else [search.pk for search in found.searches])
        if ONE_CLICK not in request.POST:
            return redirect("outreach:stop_searches", token)
    return render(request, "outreach/saved/stop.html", {"found": stopped_by(token)})


def _asked(request: HttpRequest) -> tuple[Page, Asked]:
    page = page_at(request.GET.get("path", ""))
    asked = page.read(request.GET, Reference.now()) if page else None
    if page is None or asked is None:
        raise Http404
    return page, asked


def _own(request: MemberRequest, number: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=number, user=request.user)


def _said(kept: SavedSearch | None) -> dict[str, str]:
    return {"name": kept.name, "rhythm": kept.rhythm} if kept else {}


def _too_many() -> str:
    return _("You have %(most)s saved searches, and more cannot be kept. Delete one you no longer need.") % {
        "most": saved.MOST_SEARCHES
    }


def _status(form: SearchForm) -> int:
    return 422 if form.errors else 200
