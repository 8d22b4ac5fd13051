"""Who gets what answer: every route × method × role × htmx, against a table written by hand.

`permissions.py` has the table and says what its letters mean.

With the objects of another municipality whoever belongs to the first one is a member without rights; the
other roles are the same there as here. HEAD answers like GET. PUT, PATCH, DELETE and OPTIONS are refused to
all, but lead strangers to log in where GET does. Pages are not drawn: what they show is tested elsewhere.

GET and POST are asked as everybody. Who asks does not depend on the way of asking, so with htmx and with HEAD
the first of those asks who get the same answer, and with a method no page uses those who may least and most.
`make drills` asks as everybody in every way.
"""

import datetime as dt
import io
import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from opendata.dumps.making import store
from tests.config.arguments import ARGS
from tests.config.permissions import AT_HOME, MEANS, ROLES, TABLE, WRITTEN_AT
from tests.config.world import Municipality, World, built
from tests.routes import routes

# Pages for logging in and signing up, which have nothing for those who are.
FOR_STRANGERS = {"account_login", "account_signup", "account_request_login_code"}
# What a steward gets at the desk for what another one looks after; nothing said is the same as for their own.
AT_THE_DESK = {
    "desk:queue": ".",
    "desk:case": "-",
    "desk:entry_stewards": "-",
    "desk:choose_bulk": "",
    "desk:bulk": "",
}
# Sent with htmx, the part that changed comes back in place of another page.
ANSWERED_IN_PLACE = {"desk:import_rows"}
PARTS = 8
UNUSED = ("PUT", "PATCH", "DELETE", "OPTIONS")
EVERY_ONE = bool(os.environ.get("DRILL_ROUNDS"))  # `make drills` leaves nobody out
EXTREMES = ("stranger", "admin")
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


@pytest.fixture
def world(empty: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Made for each part of the walk, and undone with whatever was done to it."""
    made = built()
    store(io.BytesIO(b"PK"), on=dt.date(2026, 11, 22), version=1, entries=0)
    monkeypatch.setattr(Template, "render", lambda *_args, **_more: "Subject\n\nText")
    return made


# The walk


def answers(world: World, row: str, where: Municipality, method: str, roles: Sequence[str] = ROLES) -> str:
    """What each role gets, as the table writes it; with and without htmx it must be the same."""
    route = route_of(row)
    path = f"/{route}" if "/" in route else reverse(route, args=ARGS.get(row, lambda m: [])(where))
    known: set[str] = set()
    got = "".join(answer(world.browsers[role], method, path, known) for role in roles)
    return got.replace("[r, htmx .]", "r") if row in ANSWERED_IN_PLACE else got


def answer(browser: Client, method: str, path: str, known: set[str]) -> str:
    """With and without htmx; HEAD has no partial, and an unused method is refused before one is looked at.

    A partial is asked for by the first that gets an answer.
    """
    plain = asked(browser, method, path, {})
    if method not in ("GET", "POST") or plain == "m" or plain in known:
        return plain
    if not EVERY_ONE:
        known.add(plain)
    partial = asked(browser, method, path, HTMX)
    return plain if plain == partial else f"[{plain}, htmx {partial}]"


def heads(row: str) -> list[str]:
    """The first role of those that get the same answer to GET."""
    signs = ROWS[row][0]
    return [role for at, role in enumerate(ROLES) if EVERY_ONE or signs.index(signs[at]) == at]


def of_roles(signs: str, roles: Sequence[str]) -> str:
    """The part of a row that is about these roles."""
    return "".join(signs[ROLES.index(role)] for role in roles)


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
    """What those of the first municipality get with another one's objects: no more than a member.

    But a steward has a desk, on which these do not lie.
    """
    elsewhere = dict.fromkeys(AT_HOME, expected[ROLES.index("member")])
    if row in AT_THE_DESK and expected[ROLES.index("steward")] != "m":
        elsewhere["steward"] = AT_THE_DESK[row] or expected[ROLES.index("steward")]
    return "".join(elsewhere.values())


def refused(row: str) -> str:
    """What everybody gets for a method no page uses."""
    return "".join(">" if sign == ">" else "m" for sign in ROWS[row][0])


def is_refused(signs: str) -> bool:
    """Whether a method is refused to everybody who is logged in, before an object is looked for."""
    return set(signs) <= {"m", ">"}


def is_library(row: str) -> bool:
    """Whether a page is allauth's: written as classes, so PUT is POST and OPTIONS tells the methods."""
    return ":" not in row and row not in ("livez", "readyz")


def no_more_than(row: str, got: str, roles: Sequence[str]) -> str:
    """The same for such a page: strangers log in, others get what GET or POST gives or a refusal."""
    signs = zip(got, *(of_roles(said, roles) for said in ROWS[row]), strict=True)
    return "".join(
        ">" if get == one == ">" else one if one in f"{get}{post}m.w" else "m" for one, get, post in signs
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_each_role_gets_what_the_table_says(world: World, part: int) -> None:
    wrong = {}
    for row, where, method, roles, said in asked_for(world, part):
        got = answers(world, row, where, method, roles)
        if method == "HEAD" and is_library(row):  # counted like what is sent, so it may stop at the counting
            got = "".join(want if sign == "w" else sign for sign, want in zip(got, said, strict=True))
        if got != said:
            wrong[row, where.actor.name_da, method] = f"{got} instead of {said} for {', '.join(roles)}"
    assert wrong == {}


def asked_for(world: World, part: int) -> Iterator[tuple[str, Municipality, str, Sequence[str], str]]:
    """Pages without an object are the same for both municipalities."""
    for row in rows_of(part):
        get, post = ROWS[row]
        yield row, world.first, "GET", ROLES, get
        yield row, world.first, "POST", ROLES, post
        if row in ARGS:
            yield row, world.second, "GET", AT_HOME, foreign(row, get)
            if not is_refused(post):
                yield row, world.second, "POST", AT_HOME, foreign(row, post)
        yield row, world.first, "HEAD", heads(row), of_roles(get, heads(row))


@pytest.mark.parametrize("part", range(PARTS))
def test_methods_no_page_uses_are_refused_to_all(world: World, part: int) -> None:
    wrong = {}
    roles = ROLES if EVERY_ONE else EXTREMES
    for row in rows_of(part):
        for method in UNUSED:
            got = answers(world, row, world.first, method, roles)
            said = no_more_than(row, got, roles) if is_library(row) else of_roles(refused(row), roles)
            if WRITTEN_AT.get(row) == method:
                said = "u" * len(roles)
            if method == "OPTIONS" and row.startswith("api:"):
                said = "204" * len(roles)  # pages of others ask before they read (CORS)
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
