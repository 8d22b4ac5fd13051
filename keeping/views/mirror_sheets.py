"""Answering a half of PULL-spejlet, by account or by link: every pause saves, and nothing typed is lost."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import interrupted
from accounts.models import User
from labs.instrument import DIMENSIONS

from ..links_in_mails import link_in_mail
from ..mirror import actions
from ..mirror.access import Seat, sheet_by_link, sheet_to_answer
from ..mirror.page import SheetPage
from ..mirror.words import Words, merged, missing, seal, too_long, unseal, words_in, words_of
from ..tokens import Unanswerable
from ..versions import version_in

# A sheet is saved some sixty times while it is answered: in an hour, behind one address and in all.
EACH, TOGETHER = 2_000, 60_000
PLACES = ("end", *(dimension.slug for dimension in DIMENSIONS))


@login_not_required
@never_cache
def by_member(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet of somebody who is logged in. What is sent after the session ran out is not lost."""
    if isinstance(request.user, User):
        return _by_member(request, request.user, number)
    if "saving" in request.POST:  # a script asked, which cannot log in
        return HttpResponse(status=403)
    if interrupted.keep(request):
        return redirect_to_login(reverse("accounts:again"))
    return redirect_to_login(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def _by_member(request: HttpRequest, user: User, number: int) -> HttpResponse:
    return _answer(request, sheet_to_answer(user, number))


@partial(link_in_mail, counted="mirror", each=EACH, together=TOGETHER)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of whoever holds its link."""
    return _answer(request, sheet_by_link(token))


def _answer(request: HttpRequest, seat: Seat) -> HttpResponse:
    if seat.sheet.finished_at is not None:
        if "saving" in request.POST:
            return _late(request, seat)
        return render(request, "keeping/mirror/done.html", {"seat": seat, "run": seat.run})
    if seat.run.finished_on is not None:
        raise Unanswerable("closed")
    if request.method == "POST":
        return _post(request, seat)
    page = SheetPage(seat)
    if "check" in request.GET:
        page.wrong = missing(page.kept)
    return _page(request, page, later="later" in request.GET)


def _post(request: HttpRequest, seat: Seat) -> HttpResponse:
    kept = words_of(seat.sheet)
    typed, version = words_in(request.POST, kept), version_in(request.POST)
    began = unseal(request.POST.get("began", ""), kept)
    if wrong := too_long(typed):
        return _page(request, SheetPage(seat, typed, wrong, seal(began), version), status=422)
    window = request.POST.get("window", "")[:40]
    try:
        seat.sheet = actions.save(seat.sheet, typed, by=seat.user, version=version, window=window)
    except actions.Elsewhere as clash:
        seat.sheet = clash.sheet
        return _overtaken(request, seat, began, typed)
    except actions.Closed:
        return _closed(request, seat, typed)
    if "saving" in request.POST:
        return render(request, "keeping/mirror/saved.html", {"page": SheetPage(seat)})
    return _onwards(request, seat)


def _late(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The script saves once more while the page after finishing is on its way, mostly the same words."""
    page = SheetPage(seat)
    if words_in(request.POST, page.kept) == page.kept:
        return render(request, "keeping/mirror/saved.html", {"page": page})
    return render(request, "keeping/mirror/closed_saved.html", status=409)


def _overtaken(request: HttpRequest, seat: Seat, began: Words, typed: Words) -> HttpResponse:
    """Both versions, and nothing saved over anything; sending it again takes what stands here."""
    if "saving" in request.POST:
        return render(request, "keeping/mirror/elsewhere.html", status=409)
    page = SheetPage(seat, clashes=True)
    page.typed = merged(began, page.kept, typed)
    return _page(request, page, status=409)


def _closed(request: HttpRequest, seat: Seat, typed: Words) -> HttpResponse:
    """It was finished or taken back meanwhile: what was typed is shown, to be copied."""
    if "saving" in request.POST:
        return render(request, "keeping/mirror/closed_saved.html", status=409)
    said = [(number, one.in_words) for number, one in typed.said.items() if one.answer or one.evidence]
    return render(request, "keeping/mirror/closed.html", {"run": seat.run, "said": said}, status=409)


def _onwards(request: HttpRequest, seat: Seat) -> HttpResponse:
    """To the next dimension, to what is missing, to the end; or away, to come back later."""
    if "finish" in request.POST:
        try:
            actions.finish_sheet(seat.sheet)
        except actions.Unfinished:
            return redirect(f"{request.path}?check=1#error-summary")
        except actions.Closed:
            return redirect(request.path)
        return redirect("keeping:mirror_run", seat.run.pk) if seat.keeps else redirect(request.path)
    if (place := request.POST.get("to", "")) in PLACES:
        return redirect(f"{request.path}#{place}")
    return redirect(f"{request.path}?later=1#saved-h")


def _page(request: HttpRequest, page: SheetPage, *, later: bool = False, status: int = 200) -> HttpResponse:
    run = page.seat.run
    context = {"page": page, "seat": page.seat, "run": run, "lab": run.lab, "later": later}
    return render(request, "keeping/mirror/sheet.html", context, status=status)
