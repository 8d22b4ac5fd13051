"""What happens between looking at work on many entries and its end: others write, rights go, things break."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from procrastinate.contrib.django import app

from accounts.models import User
from curation import actions
from curation.models import EntryTheme, Record, RecordEvent, Stewardship, Theme
from desk.bulk import working
from desk.choices import BulkState
from desk.models import Bulk
from labs.models import Lab
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


@pytest.fixture
def labs() -> list[Lab]:
    return [factories.lab(f"Lab {letter}") for letter in "ABC"]


def looked_at(by: User, deed: str, **said: Any) -> Bulk:
    """Of every lab there is."""
    if deed.startswith("theme"):
        said["theme"] = Theme.objects.filter(slug="energy").first() or factories.theme("energy")
    bulk = Bulk(kind="lab", deed=deed, by=by, **said)
    return working.look_at(bulk, list(Record.objects.filter(kind="lab").order_by("pk")))


def go(client: Client, bulk: Bulk) -> None:
    assert client.post(f"/desk/bulk/{bulk.pk}/", {"go": ""}).status_code == 302


def outcomes(bulk: Bulk) -> dict[str, str]:
    return {row.record.name_da: row.hindrance or row.outcome for row in bulk.rows.select_related("record")}


def themes(lab: Lab) -> list[str]:
    return list(
        EntryTheme.objects.filter(record=lab.pk).order_by("order").values_list("theme__slug", flat=True)
    )


# Others, and rights


@pytest.mark.parametrize("deed", ["theme_added", "withdrawn"])
def test_a_steward_whose_place_was_handed_over_does_nothing_there_any_more(deed: str) -> None:
    here, there = factories.place("Aarhus"), factories.place("Odense")
    sten = people.person("sten@example.org")
    held = factories.stewardship(sten, here)
    factories.stewardship(sten, there)
    factories.lab("Lab here", places=[here])
    factories.lab("Lab there", places=[there])
    bulk = looked_at(sten, deed, reason="It was a trial.")
    held.until = held.since
    held.save()
    go(browser(sten), bulk)
    assert outcomes(bulk) == {"Lab here": "not_yours", "Lab there": "done"}
    assert [event.record.name_da for event in RecordEvent.objects.all()] == ["Lab there"]


def test_who_curates_no_more_gives_no_stewards(desk: Client, curator: User, labs: list[Lab]) -> None:
    sten = people.person("sten@example.org")
    bulk = looked_at(curator, "steward", steward=sten)
    assert working.begin(bulk)
    factories.stewardship(curator, factories.place())
    User.objects.filter(pk=curator.pk).update(is_curator=False)
    working.work(bulk.pk)
    assert set(outcomes(bulk).values()) == {"not_yours"}
    assert not Stewardship.objects.filter(user=sten).exists()


def test_what_somebody_withdrew_meanwhile_says_so(desk: Client, curator: User, labs: list[Lab]) -> None:
    bulk = looked_at(curator, "theme_added")
    actions.withdraw(labs[1].record, by=curator, version=1, reason="Efter ønske.")
    go(desk, bulk)
    assert outcomes(bulk) == {"Lab A": "done", "Lab B": "not_public", "Lab C": "done"}
    assert "It is not public any more" in read(desk.get(f"/en/desk/bulk/{bulk.pk}/")).one("main").text


def test_nothing_is_given_to_what_is_not_there_any_more(desk: Client, curator: User, labs: list[Lab]) -> None:
    town, sten = factories.actor("Town"), people.person("sten@example.org")
    owned = looked_at(curator, "owner", owner=town)
    looked_after = looked_at(curator, "steward", steward=sten)
    actions.withdraw(town.record, by=curator, version=1, reason="Findes ikke.")
    User.objects.filter(pk=sten.pk).update(is_active=False)
    for bulk in (owned, looked_after):
        go(desk, bulk)
        assert set(outcomes(bulk).values()) == {"no_taker"}
    assert not Lab.objects.filter(owner=town).exists()
    assert not Stewardship.objects.exists()


def test_another_curator_looks_and_does_not_do_it_in_somebodys_name(
    desk: Client, curator: User, labs: list[Lab]
) -> None:
    bulk = looked_at(curator, "theme_added")
    other = browser(people.person("other@example.org", is_curator=True))
    page = read(other.get(f"/en/desk/bulk/{bulk.pk}/"))
    assert "Lab A" in page.text
    assert not page.all("button", name="go")
    for press in ("go", "drop"):
        assert other.post(f"/desk/bulk/{bulk.pk}/", {press: ""}).status_code == 403
    bulk.refresh_from_db()
    assert bulk.state == BulkState.LOOKED_AT
    assert not RecordEvent.objects.exists()


# What breaks


def test_one_that_fails_keeps_no_other_from_it(
    desk: Client, curator: User, labs: list[Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = looked_at(curator, "theme_added")
    edit = actions.edit

    def breaks(record: Record, **said: Any) -> None:
        edit(record, **said)
        if record.name_da == "Lab B":
            raise ValueError

    monkeypatch.setattr(actions, "edit", breaks)
    go(desk, bulk)
    assert outcomes(bulk) == {"Lab A": "done", "Lab B": "failed", "Lab C": "done"}
    assert themes(labs[1]) == []
    bulk.refresh_from_db()
    assert bulk.state == BulkState.DONE


def test_a_database_that_goes_is_waited_for(
    curator: User, labs: list[Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = looked_at(curator, "theme_added")
    assert working.begin(bulk)

    def gone(*_said: Any, **_named: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(actions, "edit", gone)
        with pytest.raises(OperationalError):
            working.work(bulk.pk)
    assert set(outcomes(bulk).values()) == {"will"}
    assert app.tasks["desk.work"].retry_strategy is not None
    working.work(bulk.pk)
    assert set(outcomes(bulk).values()) == {"done"}


# The page


def test_waiting_reads_no_rows_and_a_page_has_its_part(desk: Client, curator: User) -> None:
    for number in range(30):
        factories.lab(f"Lab {number:02}")
    bulk = looked_at(curator, "theme_added")
    bulk.query = "theme=energy"
    bulk.save()
    path = f"/en/desk/bulk/{bulk.pk}/"
    page = read(desk.get(path))
    assert len(page.one("tbody").all("tr")) == 25
    assert len(read(desk.get(f"{path}?page=2")).one("tbody").all("tr")) == 5
    assert "/en/desk/bulk/new/labs/?theme=energy" in page.links
    assert working.begin(bulk)
    asked = [sql for sql in statements(desk, path, **PART) if 'FROM "desk_bulkrow"' in sql]
    assert len(asked) == 1
    assert "COUNT" in asked[0]
    assert "curation_record" not in asked[0]


# Setting back


def back(client: Client, bulk: Bulk) -> Bulk:
    """Looked at and done."""
    answer = client.post(f"/desk/bulk/{bulk.pk}/", {"back": ""})
    made = Bulk.objects.exclude(pk=bulk.pk).latest("pk")
    assert answer["Location"] == f"/desk/bulk/{made.pk}/"
    assert made.of == bulk
    go(client, made)
    return made


def test_who_looks_again_at_what_undoing_would_do_has_dropped_the_first_look(
    desk: Client, curator: User
) -> None:
    factories.lab("Lab A", themes=[factories.theme("first")])
    bulk = looked_at(curator, "theme_added")
    go(desk, bulk)
    for _press in range(3):
        desk.post(f"/desk/bulk/{bulk.pk}/", {"back": ""})
    looks = Bulk.objects.filter(of=bulk).order_by("pk")
    assert list(looks.values_list("state", flat=True)) == ["dropped", "dropped", "looked_at"]


def test_themes_are_set_back_in_their_order_but_where_somebody_wrote_since(
    desk: Client, curator: User
) -> None:
    first, second = factories.theme("first"), factories.theme("second")
    energy = factories.theme("energy")
    untouched = factories.lab("Lab A", themes=[first, energy, second])
    written = factories.lab("Lab B", themes=[first])
    factories.lab("Lab C", themes=[energy])
    bulk = looked_at(curator, "theme_main")
    go(desk, bulk)
    assert themes(untouched) == ["energy", "first", "second"]
    actions.edited(written.record, by=curator)
    made = back(desk, bulk)
    assert outcomes(made) == {"Lab A": "done", "Lab B": "changed"}
    assert themes(untouched) == ["first", "energy", "second"]
    assert themes(written) == ["energy", "first"]
    verbs = RecordEvent.objects.filter(record=untouched.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["edited", "reverted"]
    assert set(outcomes(back(desk, bulk)).values()) == {"changed"}  # once is enough


def test_what_was_withdrawn_given_away_and_given_to_a_steward_is_as_before(
    desk: Client, curator: User, labs: list[Lab]
) -> None:
    town, other = factories.actor("Town"), factories.actor("Other")
    Lab.objects.filter(pk=labs[0].pk).update(owner=town)
    sten = people.person("sten@example.org")
    for deed, said in (
        ("owner", {"owner": other}), ("steward", {"steward": sten}), ("withdrawn", {"reason": "En fejl."}),
    ):  # fmt: skip
        bulk = looked_at(curator, deed, **said)
        go(desk, bulk)
        assert set(outcomes(bulk).values()) == {"done"}
        assert set(outcomes(back(desk, bulk)).values()) == {"done"}, deed
    assert Record.objects.published().filter(kind="lab").count() == 3
    assert list(Lab.objects.order_by("pk").values_list("owner", flat=True)) == [town.pk, None, None]
    assert not Stewardship.objects.running().exists()


def test_what_is_not_done_or_cannot_be_set_back_is_not(desk: Client, curator: User, labs: list[Lab]) -> None:
    waiting, asked = looked_at(curator, "theme_added"), looked_at(curator, "asked")
    go(desk, asked)
    for bulk in (waiting, asked):
        page = read(desk.get(f"/desk/bulk/{bulk.pk}/"))
        assert not page.all("button", name="back")
        assert desk.post(f"/desk/bulk/{bulk.pk}/", {"back": ""})["Location"] == f"/desk/bulk/{bulk.pk}/"
    assert Bulk.objects.count() == 2


def test_looking_tells_where_there_is_nobody_to_ask(curator: User) -> None:
    """Of each who may be asked one: a mailbox, a member, a steward of the place."""
    place, town = factories.place("Aarhus"), factories.actor("Town")
    factories.stewardship(people.person(), place)
    factories.membership(people.person(), town)
    factories.lab("Mailbox", contact_email="lab@example.org")
    factories.lab("Member", owner=town)
    factories.lab("Steward", places=[place])
    factories.lab("Nobody", owner=factories.actor("Empty"))
    bulk = looked_at(curator, "asked")
    assert outcomes(bulk) == {"Mailbox": "will", "Member": "will", "Steward": "will", "Nobody": "nobody"}
