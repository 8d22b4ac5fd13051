"""Registering an entry step by step: every pause saves, and nothing typed is thrown away."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import interrupted
from accounts.models import User
from curation.forms import Section, Words
from curation.models import Draft
from places.requests import HtmxRequest

from .. import actions
from ..access import draft_to_write, drafts_of, hold, is_of_somebody_logged_out, is_sent, keys_of
from ..actions.drafts import WINDOW
from ..checking import CheckPage
from ..kinds import CHECK, KINDS, Registered, kind_to_register
from ..prefilling import Prefilled
from ..previewing import preview_of
from ..steps import PASSED, StepPage, path_of, steps_of, title_of
from ..throttle import allowed

SHOWN_DRAFTS = 5
# A step is a page or two of text; far beyond that something else has been pasted.
MOST_LETTERS = 200_000
# New browsers that may begin a draft in an hour: behind one address, and in all.
EACH, TOGETHER = 200, 5_000
# Without a fragment of its own the next page would inherit the one of the page before.
TOP = "#top"

write = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """What one can register, and what one has begun."""
    begun = [(draft, title_of(draft)) for draft in _begun(request)]
    return render(request, "keeping/register/choose.html", {"kinds": KINDS.values(), "begun": begun})


@login_not_required
@write
@never_cache
def begin(request: HtmxRequest, kind: str) -> HttpResponse:
    """The first step of something nobody has typed a word of."""
    registered = kind_to_register(kind)
    section = registered.section(registered.first)
    if request.method == "POST":
        return _post(request, registered, section, None)
    page = StepPage(request, registered, section, None, asked=Prefilled.asked(registered, request.GET))
    begun = [(draft, title_of(draft)) for draft in _begun(request) if draft.kind == kind]
    return render(request, "keeping/register/step.html", {"page": page, "begun": begun})


@login_not_required
@require_safe
@never_cache
def go_on(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """To the first step nobody has opened, else to checking."""
    draft = draft_to_write(request, kind, key)
    if is_sent(draft):
        return _to_entry(draft)
    left = [step for step in steps_of(kind_to_register(kind), draft, "") if not step.done]
    return redirect(left[0].path)


@login_not_required
@write
@never_cache
def step(request: HtmxRequest, kind: str, key: str, step: str) -> HttpResponse:
    """One step: shown as it was typed, saved as it is typed."""
    registered = kind_to_register(kind)
    section = registered.section(step)
    if is_of_somebody_logged_out(request, kind, key) and interrupted.keep(request):
        return redirect_to_login(reverse("accounts:again"))
    draft = draft_to_write(request, kind, key)
    if is_sent(draft):
        return _to_entry(draft)
    if request.method == "POST":
        return _post(request, registered, section, draft)
    page = StepPage(
        request, registered, section, draft, checked="check" in request.GET, noticed="alike" in request.GET
    )
    return render(request, "keeping/register/step.html", {"page": page, "begun": ()})


@login_not_required
@write
@never_cache
def check(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything read back; sending it twice is sending it once."""
    registered = kind_to_register(kind)
    draft = draft_to_write(request, kind, key)
    if is_sent(draft):
        return _to_entry(draft)
    page = CheckPage.of(registered, draft, request.user)
    author = request.user
    if request.method != "POST" or not isinstance(author, User) or not page.verified or page.problems:
        return render(request, "keeping/register/check.html", {"page": page})
    try:
        record = actions.send(draft, by=author)
    except actions.Unfinished:
        return redirect("keeping:check", kind, key)
    return redirect("keeping:entry", record.public_id)


@login_not_required
@require_safe
@never_cache
def preview(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The public page as it would be, for the author's eyes only."""
    registered = kind_to_register(kind)
    draft = draft_to_write(request, kind, key)
    template, context = preview_of(registered, draft, request.user)
    back = path_of(draft, CHECK)
    response = render(request, template, {**context, "preview": back})
    response["X-Robots-Tag"] = "noindex"
    return response


# What a step's form sends


def _post(
    request: HtmxRequest, kind: Registered, section: type[Section], draft: Draft | None
) -> HttpResponse:
    words = _words(request, section, draft)
    if sum(len(value) for values in words.values() for value in values) > MOST_LETTERS:
        return _too_much(request, draft)
    if draft is None and not isinstance(request.user, User) and not _may_begin(request):
        return render(request, "keeping/register/often.html", status=429)
    try:
        draft = _save(request, kind, section, draft, words)
    except actions.Elsewhere as clash:
        return _elsewhere(request, kind, section, draft, words, clash.saved)
    if "saving" in request.POST:
        return _saved(request, kind, section, draft)
    if set(request.FILES) & set(section.base_fields):
        form = section(words, files=request.FILES, initial={})
        page = StepPage(request, kind, section, draft, checked=True, form=form)
        return render(request, "keeping/register/step.html", {"page": page, "begun": ()}, status=400)
    return redirect(_next(request, kind, section, draft, words))


def _words(request: HttpRequest, section: type[Section], draft: Draft | None) -> Words:
    """What was sent as words. Where a file came in the place of text, what was there before stays."""
    words: Words = dict(section.words(request.POST))
    before = draft.typed.get(section.slug, {}) if draft else {}
    words |= {name: before.get(name, [""]) for name in request.FILES if name in section.base_fields}
    passed = request.POST.getlist(PASSED)
    return words | {PASSED: passed} if passed else words


def _save(
    request: HttpRequest, kind: Registered, section: type[Section], draft: Draft | None, words: Words
) -> Draft:
    window, seen = request.POST.get(WINDOW, "")[:40], request.POST.get("seen", "")[:40]
    if draft is not None:
        return actions.save(draft, step=section.slug, words=words, window=window, seen=seen)
    by = request.user if isinstance(request.user, User) else None
    among = keys_of(request.session)
    beforehand = Prefilled.sent(kind, request.POST).said
    made = actions.begin(
        kind.kind, by=by, among=among, step=section.slug, words=words, window=window, beforehand=beforehand
    )  # fmt: skip
    if by is None:
        hold(request.session, made.key)
    return made


def _saved(request: HtmxRequest, kind: Registered, section: type[Section], draft: Draft) -> HttpResponse:
    """That it is saved, and when; and what follows from the words."""
    page = StepPage(request, kind, section, draft)
    response = render(request, "keeping/register/saved.html", {"page": page})
    response["HX-Replace-Url"] = path_of(draft, section.slug)
    return response


def _next(request: HttpRequest, kind: Registered, section: type[Section], draft: Draft, words: Words) -> str:
    """Where to go: back to a button's field, to the step that was chosen, to what is wrong, or on."""
    here = path_of(draft, section.slug)
    if pressed := section.pressed(request.POST):
        return f"{here}#f-{pressed}-find"
    if (chosen := request.POST.get("to", "")) in [one.slug for one in kind.sections] + [CHECK]:
        return path_of(draft, chosen) + TOP
    page = StepPage(request, kind, section, draft, checked=True)
    if found := section.looked_for(words):
        return f"{here}?check=1#f-{found}-find"
    if page.problems:
        return f"{here}?check=1#error-summary"
    if page.alike:
        return f"{here}?alike=1#alike"
    return path_of(draft, kind.after(section.slug)) + TOP


def _elsewhere(
    request: HttpRequest,
    kind: Registered,
    section: type[Section],
    draft: Draft | None,
    words: Words,
    saved: Words,
) -> HttpResponse:
    """Both versions side by side, and either can be kept; nothing has been saved over anything."""
    if draft is None or "saving" in request.POST:
        return render(
            request,
            "keeping/register/elsewhere_saved.html",
            {"window": request.POST.get(WINDOW, "")},
            status=409,
        )
    pairs = zip(section.shown(saved), section.shown(words), strict=True)
    context = {
        "kind": kind,
        "section": section,
        "differing": [(label, theirs, mine) for (label, theirs), (_label, mine) in pairs if theirs != mine],
        "words": [(name, value) for name, values in words.items() for value in values],
        "page": StepPage(request, kind, section, draft),
        "here": path_of(draft, section.slug),
    }
    return render(request, "keeping/register/elsewhere.html", context, status=409)


def _too_much(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    template = "too_much_saved" if "saving" in request.POST else "too_much"
    return render(
        request, f"keeping/register/{template}.html", {"most": MOST_LETTERS, "draft": draft}, status=413
    )


# What they share


def _may_begin(request: HttpRequest) -> bool:
    """Whoever has a browser may begin, but not without end: drafts take room in the database."""
    return bool(keys_of(request.session)) or allowed("draft", request, each=EACH, together=TOGETHER)


def _begun(request: HttpRequest) -> list[Draft]:
    rows = drafts_of(request).filter(record__isnull=True)
    return list(rows.order_by("-updated_at", "pk")[:SHOWN_DRAFTS])


def _to_entry(draft: Draft) -> HttpResponse:
    """It has been sent: its own page tells where it stands."""
    return redirect("keeping:entry", draft.record.public_id if draft.record else "")
