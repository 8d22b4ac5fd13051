"""Who gets what answer: every route × method × role × htmx, against a table written by hand.

`permissions.py` has the table and says what its letters mean.

With the objects of another municipality whoever belongs to the first one is a member without rights. HEAD
answers like GET. PUT, PATCH, DELETE and OPTIONS are refused to all, but lead strangers to log in where GET
does. Pages are not drawn: what they show is tested elsewhere.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import signing
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actors import actions
from actors.access import digest_of
from actors.models import Actor, Enquiry, Invitation, Membership, Offer
from curation.choices import Fact, State
from curation.models import (
    Asking,
    Draft,
    ReasonText,
    SavedSearch,
    SearchMiss,
    Stewardship,
    Suggestion,
    Synonyms,
)
from keeping import tokens
from keeping.asking import PURPOSE as STILL_RIGHT
from keeping.history.events import moment_of
from keeping.later import SALT as DRAFT
from keeping.mirror import actions as mirror
from keeping.mirror.access import link_to
from keeping.naming import PURPOSE as NAMED
from keeping.renewing import PURPOSE as RENEW
from labs.models import Adoption, Assessment, Lab, Learning
from missions.models import Mission, Need
from outreach.enquiries.access import ASKED, CONFIRM
from outreach.enquiries.mails import token_of_sender
from outreach.saved_stopping import stop_link
from places.models import Place
from tests import factories
from tests.config.permissions import AT_HOME, MEANS, ROLES, TABLE
from tests.people import person
from tests.routes import routes


@dataclass
class Municipality:
    """One municipality's objects, one for each thing that can be asked for."""

    actor: Actor
    free: Actor
    lab: Lab
    learning: Learning
    unowned: Lab
    sent: Lab
    mission: Mission
    need: Need
    offer: Offer
    draft: Draft
    membership: Membership
    invitation: Invitation
    token: str
    boss: User
    suggestion: Suggestion
    asking: Asking
    text: ReasonText
    miss: SearchMiss
    words: Synonyms
    stewardship: Stewardship
    enquiry: Enquiry
    late: Enquiry
    search: SavedSearch
    under_way: Assessment
    mirrored: Assessment
    adoption: Adoption


@dataclass
class World:
    """Two municipalities, and a browser for each role, which belongs to the first or to none."""

    first: Municipality
    second: Municipality
    browsers: dict[str, Client]


type Args = Callable[[Municipality], list[Any]]
ARGS: dict[str, Args] = {
    "places:place": lambda m: [m.actor.record.entry_places.get().place.slug],
    "places:focus": lambda m: [m.actor.record.entry_places.get().place.slug],
    "keeping:story": lambda m: [m.actor.record.entry_places.get().place.slug],
    "network:place": lambda m: [m.actor.record.entry_places.get().place.slug],
    "network:place_svg": lambda m: [m.actor.record.entry_places.get().place.slug],
    "network:place_csv": lambda m: [m.actor.record.entry_places.get().place.slug],
    "network:entry": lambda m: ["lab", m.lab.record.slug],
    "network:entry_svg": lambda m: ["actor", m.actor.record.slug],
    "network:entry_csv": lambda m: ["need", m.need.record.slug],
    "shifts:place": lambda m: [m.actor.record.entry_places.get().place.slug],
    "shifts:mission": lambda m: [m.mission.record.slug],
    "labs:mirror": lambda m: [m.lab.record.slug],
    "labs:mirror_on": lambda m: [m.lab.record.slug, "2025-03-01"],
    "places:counted": lambda m: [m.actor.record.entry_places.get().place.slug],
    "places:missing": lambda m: [m.actor.record.entry_places.get().place.slug],
    "places:who": lambda m: [m.actor.record.entry_places.get().place.slug],
    "curation:theme": lambda m: [m.lab.record.entry_themes.get().theme.slug],
    "ecosystem:barometer_svg": lambda m: ["entries"],
    "actors:actor": lambda m: [m.actor.record.slug],
    "missions:mission": lambda m: [m.mission.record.slug],
    "needs:need": lambda m: [m.need.record.slug],
    "offers:offer": lambda m: [m.offer.record.slug],
    "labs:lab": lambda m: [m.lab.record.slug],
    "trials:trial": lambda m: [m.learning.trial.record.slug],
    "keeping:learn": lambda m: [m.learning.trial.record.slug],
    "keeping:correct_learning": lambda m: [m.learning.trial.record.slug, m.learning.pk],
    "keeping:take_back_learning": lambda m: [m.learning.trial.record.slug, m.learning.pk],
    "solutions:solution": lambda m: [m.adoption.solution.record.slug],
    "opendata:stable": lambda m: [m.lab.record.public_id],
    "opendata:sitemap_part": lambda m: [1],
    "feeds:feed": lambda m: ["labs"],
    "api:lab": lambda m: [m.lab.record.public_id],
    "api:actor": lambda m: [m.actor.record.public_id],
    "api:mission": lambda m: [m.mission.record.public_id],
    "api:need": lambda m: [m.need.record.public_id],
    "api:offer": lambda m: [m.offer.record.public_id],
    "api:trial": lambda m: [m.learning.trial.record.public_id],
    "api:solution": lambda m: [m.adoption.solution.record.public_id],
    "reuse:spread": lambda m: [m.adoption.solution.record.slug],
    "reuse:svg": lambda m: [m.adoption.solution.record.slug],
    "reuse:csv": lambda m: [m.adoption.solution.record.slug],
    "keeping:entry": lambda m: [m.lab.record.public_id],
    "keeping:entry, sent in": lambda m: [m.sent.record.public_id],
    "keeping:take_back": lambda m: [m.sent.record.public_id],
    "keeping:confirm": lambda m: [m.lab.record.public_id],
    "keeping:people": lambda m: [m.actor.record.slug],
    "keeping:people, nobody's": lambda m: [m.free.record.slug],
    "keeping:give": lambda m: [m.actor.record.slug],
    "keeping:give, nobody's": lambda m: [m.free.record.slug],
    "keeping:change_role": lambda m: [m.actor.record.slug, m.membership.pk],
    "keeping:end_membership": lambda m: [m.actor.record.slug, m.membership.pk],
    "keeping:withdraw_invitation": lambda m: [m.actor.record.slug, m.invitation.pk],
    "keeping:invitation": lambda m: [m.token],
    "keeping:invited": lambda m: [m.invitation.pk],
    "keeping:claim": lambda m: ["lab", m.lab.record.slug],
    "keeping:claim, nobody's": lambda m: ["actor", m.free.record.slug],
    "keeping:begin": lambda m: ["lab"],
    "keeping:find": lambda m: ["lab", "who", "parties"],
    "keeping:draft": lambda m: ["lab", m.draft.key],
    "keeping:step": lambda m: ["lab", m.draft.key, "what"],
    "keeping:check": lambda m: ["lab", m.draft.key],
    "keeping:preview": lambda m: ["lab", m.draft.key],
    "keeping:later": lambda m: ["lab", m.draft.key],
    "keeping:resume_draft": lambda m: [signing.dumps(m.draft.key, salt=DRAFT)],
    "keeping:edit": lambda m: ["lab", m.lab.record.slug],
    "keeping:edit_section": lambda m: ["lab", m.lab.record.slug, "what"],
    "keeping:answer": lambda m: [m.need.record.slug],
    "keeping:adopt": lambda m: [m.adoption.solution.record.slug],
    "keeping:find_in_adopting": lambda m: [m.adoption.solution.record.slug, "place"],
    "keeping:reuse": lambda m: [m.actor.record.slug],
    "keeping:adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:change_adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:end_adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:take_up_adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:confirm_adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:decline_adoption": lambda m: [m.adoption.solution.record.slug, m.adoption.pk],
    "keeping:renew": lambda m: ["need", m.need.record.slug],
    "keeping:end": lambda m: ["lab", m.lab.record.slug],
    "keeping:find_heir": lambda m: ["lab", m.lab.record.slug],
    "keeping:couple": lambda m: ["need", m.need.record.slug],
    "keeping:resume": lambda m: ["lab", m.lab.record.slug],
    "keeping:withdraw": lambda m: ["lab", m.lab.record.slug],
    "keeping:history": lambda m: ["lab", m.lab.record.slug],
    "keeping:revert": lambda m: ["lab", m.lab.record.slug, first_version(m.lab)],
    "keeping:suggest": lambda m: ["lab", m.lab.record.slug],
    "keeping:suggest_in_words": lambda m: ["lab", m.lab.record.slug],
    "keeping:suggest_thanks": lambda m: ["lab", m.lab.record.slug],
    "keeping:suggest_section": lambda m: ["lab", m.lab.record.slug, "what"],
    "keeping:suggestion": lambda m: [m.suggestion.pk],
    "keeping:mirror": lambda m: [m.lab.record.public_id],
    "keeping:mirror_run": lambda m: [m.under_way.pk],
    "keeping:mirror_ask": lambda m: [m.under_way.pk],
    "keeping:mirror_finish": lambda m: [m.under_way.pk],
    "keeping:mirror_drop": lambda m: [m.under_way.pk],
    "keeping:mirror_show": lambda m: [m.under_way.pk],
    "keeping:mirror_show, finished": lambda m: [m.mirrored.pk],
    "keeping:mirror_sheet": lambda m: [m.under_way.sheets.get(half="lab").pk],
    "keeping:mirror_by_link": lambda m: [link_to(m.under_way.sheets.get(half="host"))],
    "outreach:keep": lambda m: [m.lab.record.public_id],
    "outreach:note": lambda m: [m.lab.record.public_id],
    "outreach:shared": lambda m: ["nobody"],
    "keeping:still_right": lambda m: [link(m, STILL_RIGHT, m.asking.pk)],
    "keeping:still_right_change": lambda m: [link(m, STILL_RIGHT, m.asking.pk)],
    "keeping:still_right_ended": lambda m: [link(m, STILL_RIGHT, m.asking.pk)],
    "keeping:renew_by_token": lambda m: [link(m, RENEW, m.need.pk)],
    "keeping:named": lambda m: [link(m, NAMED, m.actor.pk)],
    "keeping:named_actor": lambda m: [m.actor.record.slug],
    "outreach:search": lambda m: [m.search.pk],
    "outreach:see_search": lambda m: [m.search.pk],
    "outreach:stop_search": lambda m: [m.search.pk],
    "outreach:forget_search": lambda m: [m.search.pk],
    "outreach:stop_searches": lambda m: [stop_link(m.boss.pk).split("/")[-2]],
    "outreach:write": lambda m: ["lab", m.lab.record.slug],
    "outreach:written": lambda m: ["lab", m.lab.record.slug],
    "outreach:enquiry_confirm": lambda m: [to_confirm(m)],
    "outreach:enquiry_asked": lambda m: [link(m, ASKED, m.enquiry.pk)],
    "outreach:enquiry_asked_decline": lambda m: [link(m, ASKED, m.enquiry.pk)],
    "outreach:enquiry_asked_came": lambda m: [link(m, ASKED, m.enquiry.pk)],
    "outreach:enquiry_sender": lambda m: [token_of_sender(m.enquiry)],
    "outreach:enquiry_sender_came": lambda m: [token_of_sender(m.enquiry)],
    "outreach:enquiry": lambda m: [m.enquiry.pk],
    "outreach:enquiry, late": lambda m: [m.late.pk],
    "outreach:enquiry_decline": lambda m: [m.enquiry.pk],
    "outreach:enquiry_came": lambda m: [m.enquiry.pk],
    "outreach:enquiry_pass_on": lambda m: [m.enquiry.pk],
    "mfa_remove_webauthn": lambda m: [1],
    "mfa_edit_webauthn": lambda m: [1],
    "openid_connect_login": lambda m: ["nobody"],
    "openid_connect_callback": lambda m: ["nobody"],
    "desk:text": lambda m: [m.text.pk],
    "desk:remove_text": lambda m: [m.text.pk],
    "desk:miss": lambda m: [m.miss.pk],
    "desk:word": lambda m: [m.words.pk],
    "desk:remove_words": lambda m: [m.words.pk],
    "desk:end_stewardship": lambda m: [m.stewardship.pk],
    "desk:queue": lambda m: ["new"],
    "desk:case": lambda m: ["new", m.sent.record.public_id],
}
# Pages for logging in and signing up, which have nothing for those who are.
FOR_STRANGERS = {"account_login", "account_signup", "account_request_login_code"}
# What a steward gets at the desk for what another one looks after.
AT_THE_DESK = {"desk:queue": ".", "desk:case": "-"}
PARTS = 8
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS")
HTMX: dict[str, str] = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main"}


def rows() -> Iterator[tuple[str, str, str]]:
    for line in TABLE.splitlines():
        if line and not line.startswith("#"):
            name, get, post = line.rsplit(maxsplit=2)
            yield name.strip(), get, post


ROWS = {name: (get, post) for name, get, post in rows()}


def rows_of(part: int) -> list[str]:
    """The walk is long, so several processes can share it."""
    return list(ROWS)[part::PARTS]


def route_of(row: str) -> str:
    """Some routes have a row for each state their object can be in."""
    return row.partition(",")[0]


# The world


def municipality(name: str, author: User, place: Place) -> Municipality:
    domain = f"{name.lower()}.dk"
    actor = factories.actor(name, email_domain=domain, places=[place], themes=[factories.theme()])
    boss = person(f"boss@{domain}")
    factories.membership(boss, actor, "owner")
    invitation = actions.invite(actor, email=author.email, role="editor", by=boss)
    token = f"token-{name}"
    Invitation.objects.filter(pk=invitation.pk).update(digest=digest_of(token))
    of_it: dict[str, Any] = {"owner": actor, "places": [place], "themes": [factories.theme()]}
    lab = factories.lab(f"{name} lab", **of_it, claimed_at=actor.record.created_at)
    factories.assessment(lab, on=dt.date(2025, 3, 1), shown="all", scores={"lab": {1: 2}})
    return Municipality(
        actor=actor,
        free=factories.actor(f"{name} free", email_domain=domain, places=[place]),
        lab=lab,
        learning=factories.learning(factories.trial(lab, f"{name} trial", **of_it)),
        unowned=factories.lab(f"{name} unowned", places=[place]),
        sent=factories.lab(f"{name} sent", **of_it, state=State.SUBMITTED, created_by=author),
        mission=factories.mission(f"{name} mission", **of_it),
        need=factories.need(f"{name} need", **of_it),
        offer=factories.offer(f"{name} offer", **of_it),
        draft=Draft.objects.create(kind="lab", user=author),
        membership=factories.membership(person(f"other@{domain}"), actor, "editor"),
        invitation=invitation,
        token=token,
        boss=boss,
        suggestion=Suggestion.objects.create(record=lab.record, base_version=1, changes={}),
        asking=Asking.objects.create(record=lab.record, fact=Fact.DETAILS),
        text=ReasonText.objects.order_by("pk")[0],
        miss=SearchMiss.objects.create(words=name),
        words=Synonyms.objects.create(words=[name, f"{name} too"]),
        stewardship=factories.stewardship(person(f"steward@{domain}"), place),
        enquiry=enquiry_to(lab, person(f"asker@{domain}"), state="answered", answered_at=timezone.now()),
        late=enquiry_to(lab, person(f"waits@{domain}"), state="sent", answer_by=dt.date(2020, 1, 1)),
        search=SavedSearch.objects.create(user=author, name="Labs", path="/labs/"),
        mirrored=factories.assessment(lab, on=dt.date(2026, 3, 1), scores={"lab": {1: 2}}),
        under_way=under_way(lab, boss),
        adoption=factories.adoption(factories.solution(f"{name} uses it"), actor, confirmed_at=None),
    )


def under_way(lab: Lab, by: User) -> Assessment:
    """A run of PULL-spejlet with both halves open."""
    run = mirror.begin(lab, by=by)
    mirror.ask(run, of=None)
    return run


def enquiry_to(lab: Lab, sender: User, **said: Any) -> Enquiry:
    yesterday = timezone.now() - dt.timedelta(days=1)
    values: dict[str, Any] = {"sent_at": yesterday, "answer_by": timezone.localdate()}
    return Enquiry.objects.create(record=lab.record, organisation=lab.owner, sender=sender, **values | said)


def to_confirm(where: Municipality) -> str:
    """What stands in the mail to a stranger who has written."""
    made, _new = Enquiry.objects.get_or_create(record=where.lab.record, sender_email="ida@example.org")
    return tokens.make(CONFIRM, [made.pk], user=None, address=made.sender_email)


def link(where: Municipality, purpose: str, about: int) -> str:
    """What stands in a mail to an owner."""
    return tokens.make(purpose, [about], user=where.boss.pk, address="")


def first_version(lab: Any) -> int:
    """The moment of a lab's first version, as the address of setting it back names it."""
    return moment_of(lab.events.order_by("pgh_id")[0].pgh_created_at)


def built() -> World:
    places = [factories.place("Here"), factories.place("There")]
    people = {
        "member": person("member@example.net"),
        "colleague": person("colleague@first.dk"),
        "editor": person("editor@example.net"),
        "owner": person("owner@example.net"),
        "steward": person("steward@example.net"),
        "curator": person("curator@example.net", is_curator=True),
        "admin": person("admin@example.net", is_staff=True, is_superuser=True),
    }
    first = municipality("First", people["colleague"], places[0])
    second = municipality("Second", person("colleague@second.dk"), places[1])
    factories.membership(people["editor"], first.actor, "editor")
    factories.membership(people["owner"], first.actor, "owner")
    first.stewardship = factories.stewardship(people["steward"], places[0])
    browsers = {"stranger": Client()}
    for role, user in people.items():
        browsers[role] = Client()
        browsers[role].force_login(user)
    return World(first, second, browsers)


@pytest.fixture
def world(empty: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Made for each part of the walk, and undone with whatever was done to it."""
    made = built()
    monkeypatch.setattr(Template, "render", lambda *_args, **_more: "Subject\n\nText")
    return made


# The walk


def answers(world: World, row: str, where: Municipality, method: str) -> str:
    """What each role gets, as the table writes it; with and without htmx it must be the same."""
    route = route_of(row)
    path = f"/{route}" if "/" in route else reverse(route, args=ARGS.get(row, lambda m: [])(where))
    return "".join(answer(world.browsers[role], method, path) for role in ROLES)


def answer(browser: Client, method: str, path: str) -> str:
    """With and without htmx; HEAD has no partial, and an unused method is refused before one is looked at."""
    plain = asked(browser, method, path, {})
    looked_at = method in ("GET", "POST") and plain != "m"
    partial = asked(browser, method, path, HTMX) if looked_at else plain
    return plain if plain == partial else f"[{plain}, htmx {partial}]"


def asked(browser: Client, method: str, path: str, headers: dict[str, str]) -> str:
    """Ask as this browser, and undo what it does."""
    cookies: Any = browser.cookies.copy()
    with transaction.atomic():
        try:
            return symbol(browser.generic(method, path, headers=headers))
        except AssertionError as writes:
            if "django_session" in str(writes) or "config_cache" in str(writes):
                return "w"
            raise
        finally:
            transaction.set_rollback(True)
            browser.cookies = cookies


def symbol(response: Any) -> str:
    if response.status_code == 302:
        login = reverse("account_login")
        return ">" if response["Location"].partition("?")[0] == login else "r"
    code = response.status_code
    return next((sign for sign, means in MEANS.items() if means == code and sign not in ">r"), str(code))


def foreign(row: str, expected: str) -> str:
    """The same for another municipality's objects: nobody of the first is more than a member there.

    But a steward has a desk, on which these do not lie.
    """
    elsewhere = dict.fromkeys(AT_HOME, expected[ROLES.index("member")])
    if row in AT_THE_DESK and expected[ROLES.index("steward")] != "m":
        elsewhere["steward"] = AT_THE_DESK[row]
    return "".join(elsewhere.get(role, sign) for role, sign in zip(ROLES, expected, strict=True))


def refused(row: str) -> str:
    """What everybody gets for a method no page uses."""
    return "".join(">" if sign == ">" else "m" for sign in ROWS[row][0])


def is_refused(signs: str) -> bool:
    """Whether a method is refused to everybody who is logged in, before an object is looked for."""
    return set(signs) <= {"m", ">"}


def is_library(row: str) -> bool:
    """Whether a page is allauth's: written as classes, so PUT is POST and OPTIONS tells the methods."""
    return ":" not in row and row not in ("livez", "readyz")


def no_more_than(row: str, got: str) -> str:
    """The same for such a page: strangers log in, others get what GET or POST gives or a refusal."""
    signs = zip(got, *ROWS[row], strict=True)
    return "".join(
        ">" if get == one == ">" else one if one in f"{get}{post}m.w" else "m" for one, get, post in signs
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_gets_what_the_table_says(world: World, part: int) -> None:
    wrong = {}
    for row, where, method, signs in asked_for(world, part):
        said = foreign(row, signs) if where is world.second else signs
        got = answers(world, row, where, method)
        if method == "HEAD" and is_library(row):  # counted like what is sent, so it may stop at the counting
            got = "".join(want if sign == "w" else sign for sign, want in zip(got, said, strict=True))
        if got != said:
            wrong[row, where.actor.name_da, method] = f"{got} instead of {said}"
    assert wrong == {}


def asked_for(world: World, part: int) -> Iterator[tuple[str, Municipality, str, str]]:
    """Pages without an object are the same for both municipalities."""
    for row in rows_of(part):
        get, post = ROWS[row]
        yield row, world.first, "GET", get
        yield row, world.first, "POST", post
        if row in ARGS:
            yield row, world.second, "GET", get
            if not is_refused(post):
                yield row, world.second, "POST", post
        yield row, world.first, "HEAD", get


@pytest.mark.parametrize("part", range(PARTS))
def test_methods_no_page_uses_are_refused_to_all(world: World, part: int) -> None:
    wrong = {}
    for row in rows_of(part):
        for method in UNUSED:
            got = answers(world, row, world.first, method)
            said = no_more_than(row, got) if is_library(row) else refused(row)
            if got != said:
                wrong[row, method] = f"{got} instead of {said}"
    assert wrong == {}


def test_every_route_is_in_the_table() -> None:
    assert {name for name, _pattern in routes()} == {route_of(row) for row in ROWS}


def test_every_row_says_something_for_every_role() -> None:
    for get, post in ROWS.values():
        assert (len(get), len(post)) == (len(ROLES), len(ROLES))
        assert set(get + post) <= {*MEANS, "w"}


def test_a_stranger_never_gets_more_than_a_member() -> None:
    for row, (get, post) in ROWS.items():
        if row not in FOR_STRANGERS:
            assert {get[0], post[0]} <= {">", "m", "r", get[1], post[1]}, row
