"""One thing done to many entries: chosen by filters, looked at, done one by one, each with its event."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation import actions
from curation.models import Asking, EntryTheme, Record, RecordEvent, Stewardship, Theme
from desk.bulk import working
from desk.choices import BulkOutcome, BulkState
from desk.models import Bulk, BulkRow
from labs.models import Lab
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def labs(number: int, **said: Any) -> list[Lab]:
    return [factories.lab(f"Lab {letter}", **said) for letter in "ABCDEFGH"[:number]]


def ask_for(desk: Client, deed: str, query: str = "", path: str = "labs", **said: Any) -> Any:
    return desk.post(f"/desk/bulk/new/{path}/{query}", {"deed": deed, **said})


def do(desk: Client, deed: str, query: str = "", **said: Any) -> Bulk:
    """Asked for, looked at, done."""
    answer = ask_for(desk, deed, query, **said)
    assert answer.status_code == 302, read(answer).text
    assert desk.post(answer.url, {"go": ""}).status_code == 302
    return Bulk.objects.get(pk=int(answer.url.split("/")[-2]))


def outcomes(bulk: Bulk) -> dict[str, str]:
    return {row.record.name_da: row.hindrance or row.outcome for row in bulk.rows.select_related("record")}


def themes_of(lab: Lab) -> list[str]:
    rows = EntryTheme.objects.filter(record=lab.pk).order_by("order")
    return list(rows.values_list("theme__slug", flat=True))


def event(lab: Lab) -> RecordEvent:
    """The one line that was written."""
    return RecordEvent.objects.get(record=lab.pk)


# What is done


def test_a_theme_is_added_where_there_is_room(desk: Client, curator: User) -> None:
    kept = [factories.theme(f"theme {number}") for number in range(5)]
    new = factories.theme("new")
    full = factories.lab("Full", themes=kept)
    has = factories.lab("Has", themes=[kept[0], new])
    lacks = factories.lab("Lacks", themes=[kept[1]])
    bulk = do(desk, "theme_added", theme="new", reason="It is about it.")
    assert outcomes(bulk) == {"Full": "full", "Has": "same", "Lacks": "done"}
    assert themes_of(lacks) == [kept[1].slug, "new"]
    assert themes_of(full) == [theme.slug for theme in kept]
    told = event(lacks)
    assert (told.verb, told.by, told.reason) == ("edited", curator, "It is about it.")
    assert not RecordEvent.objects.filter(record__in=[full.pk, has.pk]).exists()
    record = Record.objects.get(pk=lacks.pk)
    assert record.version == told.version == record.reviewed_version == 2
    assert new.pk in record.theme_ids  # lists find it by the theme at once


def test_a_theme_is_taken_away_and_never_the_last(desk: Client) -> None:
    old, other = factories.theme("old"), factories.theme("other")
    only = factories.lab("Only", themes=[old])
    both = factories.lab("Both", themes=[old, other])
    factories.lab("Neither", themes=[other])
    assert outcomes(do(desk, "theme_taken", theme="old")) == {
        "Only": "last", "Both": "done", "Neither": "same",
    }  # fmt: skip
    assert (themes_of(only), themes_of(both)) == (["old"], ["other"])


def test_a_theme_becomes_the_main_one(desk: Client) -> None:
    first, second = factories.theme("first"), factories.theme("second")
    turned = factories.lab("Turned", themes=[first, second])
    brought = factories.lab("Brought", themes=[first])
    factories.lab("Is so", themes=[second, first])
    assert outcomes(do(desk, "theme_main", theme="second")) == {
        "Turned": "done", "Brought": "done", "Is so": "same",
    }  # fmt: skip
    assert themes_of(turned) == themes_of(brought) == ["second", "first"]


def test_entries_are_given_to_an_organisation(desk: Client) -> None:
    town = factories.actor("Aarhus Kommune")
    lab, held = factories.lab("Free"), factories.lab("Held", owner=town)
    bulk = do(desk, "owner", owner="aarhus kommune")
    assert outcomes(bulk) == {"Free": "done", "Held": "same"}
    lab.refresh_from_db()
    assert lab.owner == town
    assert event(lab).verb == "edited"
    assert not RecordEvent.objects.filter(record=held.pk).exists()


def test_an_organisation_that_is_not_named_whole_is_offered(desk: Client) -> None:
    one, other = factories.actor("Aarhus Kommune"), factories.actor("Aarhus Universitet")
    factories.lab("Free")
    factories.reindex(one, other)
    answer = ask_for(desk, "owner", owner="Aarhus")
    assert answer.status_code == 422
    page = read(answer)
    values = {button.attrs["value"] for button in page.all("button", name="owner")}
    assert values == {one.record.public_id, other.record.public_id}
    assert ask_for(desk, "owner", owner="Nobody at all").status_code == 422
    assert Bulk.objects.count() == 0
    assert outcomes(do(desk, "owner", owner=other.record.public_id)) == {"Free": "done"}


def test_a_steward_of_many_gets_one_mail(desk: Client) -> None:
    made = labs(3)
    sten = people.person("sten@example.org")
    factories.stewardship(sten, made[0].record)
    bulk = do(desk, "steward", steward="STEN@example.org")
    assert outcomes(bulk) == {"Lab A": "same", "Lab B": "done", "Lab C": "done"}
    assert Stewardship.objects.running().filter(user=sten).count() == 3
    [mail] = delivered(to="sten@example.org")
    assert "2" in mail.subject
    assert event(made[1]).verb == "steward_given"
    assert browser(sten).get("/desk/").status_code == 200


def test_owners_are_asked_once_whether_it_holds(desk: Client) -> None:
    town = factories.actor("Town")
    boss = people.person("boss@town.dk")
    factories.membership(boss, town, "owner")
    asked = factories.lab("Asked", owner=town, claimed_at=timezone.now())
    factories.lab("Nobody's")
    factories.lab("Over", owner=town, ended=True, ended_on=dt.date(2025, 1, 1))
    lately = factories.lab("Lately", owner=town, claimed_at=timezone.now())
    Asking.objects.create(record=lately.record, fact="details")
    bulk = do(desk, "asked")
    assert outcomes(bulk) == {"Asked": "done", "Nobody's": "nobody", "Over": "ended", "Lately": "not_now"}
    [mail] = delivered(to="boss@town.dk")
    assert "Asked" in f"{mail.subject} {mail.body}"
    assert event(asked).verb == "asked"


def test_what_is_withdrawn_is_gone_at_once_and_its_author_hears_why(desk: Client) -> None:
    author = people.person("author@example.org")
    lab = factories.lab("Gone", created_by=author)
    assert ask_for(desk, "withdrawn").status_code == 422
    bulk = do(desk, "withdrawn", reason="It was a trial entry.")
    assert outcomes(bulk) == {"Gone": "done"}
    assert Client().get(lab.get_absolute_url()).status_code == 404
    [mail] = delivered(to="author@example.org")
    assert "It was a trial entry." in mail.body


# Choosing


def test_the_filters_of_the_list_and_two_more_choose(desk: Client) -> None:
    place, theme = factories.place("Aarhus"), factories.theme("energy")
    factories.lab("Here", places=[place], themes=[theme], claimed_at=timezone.now())
    factories.lab("There", themes=[theme])
    factories.lab("Draft", places=[place], state="draft")
    Record.objects.filter(name_da="There").update(level=2)

    def found(query: str) -> list[str]:
        page = read(desk.get(f"/desk/bulk/new/labs/{query}"))
        return [label.text for label in page.all("label") if label.attrs["for"].startswith("c-")]

    assert found("") == ["Here", "There"]
    assert found(f"?place={place.address}") == ["Here"]
    assert found("?theme=energy&claimed=no") == ["There"]
    assert found("?level=2") == ["There"]
    assert found("?level=nonsense&claimed=perhaps") == ["Here", "There"]
    assert found("?theme=energy&claimed=yes&level=2") == []


def test_a_curator_comes_from_a_list_with_its_filters(desk: Client) -> None:
    factories.lab("Here", themes=[factories.theme("energy")])
    listed = read(desk.get("/labs/?theme=energy")).links
    assert "/desk/bulk/new/labs/?theme=energy" in listed
    assert "/desk/bulk/" not in str(read(Client().get("/labs/?theme=energy")).links)


def test_what_is_unticked_is_left_out_and_what_was_not_shown_is_meant(desk: Client) -> None:
    theme = factories.theme("energy")
    made = labs(4)
    ids = [lab.record.public_id for lab in made]
    bulk = do(desk, "theme_added", theme="energy", shown=ids[:3], chosen=ids[1:3])
    assert set(outcomes(bulk)) == {"Lab B", "Lab C", "Lab D"}
    assert theme.slug not in themes_of(made[0])
    none = ask_for(desk, "theme_added", theme="energy", shown=ids)
    assert none.status_code == 422
    ticks = read(none).all("input", name="chosen")
    assert ticks
    assert not any("checked" in tick.attrs for tick in ticks)


@pytest.mark.parametrize(
    ("deed", "field"), [("theme_added", "theme"), ("owner", "owner"), ("steward", "steward"), ("", "deed")]
)
def test_what_is_missing_is_told_beside_its_field(desk: Client, deed: str, field: str) -> None:
    factories.lab("One")
    answer = ask_for(desk, deed)
    assert answer.status_code == 422
    assert read(answer).by_id(f"deed-{field}_error")
    assert Bulk.objects.count() == 0


def test_a_page_asks_the_database_as_often_for_four_as_for_one(desk: Client) -> None:
    factories.lab("First")
    one = len(statements(desk, "/desk/bulk/new/labs/"))
    few = len(statements(desk, ask_for(desk, "asked").url))
    labs(3)
    assert len(statements(desk, "/desk/bulk/new/labs/")) == one
    assert len(statements(desk, ask_for(desk, "asked").url)) == few


# Doing


def looked_at(curator: User, number: int = 3) -> Bulk:
    factories.theme("energy")
    made = labs(number)
    bulk = Bulk(kind="lab", deed="theme_added", theme=Theme.objects.get(slug="energy"), by=curator)
    return working.look_at(bulk, [Record.objects.get(pk=lab.pk) for lab in made])


def test_nothing_is_done_before_it_is_begun(desk: Client, curator: User) -> None:
    bulk = looked_at(curator)
    working.work(bulk.pk)
    assert set(outcomes(bulk).values()) == {"will"}
    assert desk.post(f"/desk/bulk/{bulk.pk}/", {"drop": ""}).status_code == 302
    desk.post(f"/desk/bulk/{bulk.pk}/", {"go": ""})
    bulk.refresh_from_db()
    assert bulk.state == BulkState.DROPPED
    assert RecordEvent.objects.count() == 0


def test_what_somebody_changed_meanwhile_is_left_alone(desk: Client, curator: User) -> None:
    bulk = looked_at(curator)
    other = Record.objects.get(name_da="Lab B")
    actions.edited(other, by=curator)
    desk.post(f"/desk/bulk/{bulk.pk}/", {"go": ""})
    assert outcomes(bulk) == {"Lab A": "done", "Lab B": "overtaken", "Lab C": "done"}
    assert "energy" not in themes_of(Lab.objects.get(record=other))


def test_work_that_broke_off_goes_on_where_it_stood(curator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk = looked_at(curator, 4)
    assert working.begin(bulk)
    assert not working.begin(bulk)
    real, seen = working._done, []

    def dies(held: Bulk, row: BulkRow) -> Any:
        seen.append(row.pk)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(held, row)

    monkeypatch.setattr(working, "_done", dies)
    with pytest.raises(KeyboardInterrupt):
        working.work(bulk.pk)
    assert sorted(outcomes(bulk).values()) == ["done", "done", "will", "will"]
    monkeypatch.setattr(working, "_done", real)
    working.work(bulk.pk)
    working.work(bulk.pk)
    assert set(outcomes(bulk).values()) == {"done"}
    assert RecordEvent.objects.count() == 4
    bulk.refresh_from_db()
    assert (bulk.state, bool(bulk.done_at)) == (BulkState.DONE, True)


def test_the_page_tells_how_far_it_is(desk: Client, curator: User) -> None:
    bulk = looked_at(curator)
    working.begin(bulk)
    BulkRow.objects.filter(bulk=bulk, record__name_da="Lab A").update(outcome=BulkOutcome.DONE)
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = desk.get(f"/desk/bulk/{bulk.pk}/", headers=part)
    [bar] = read(answer).all("progress")
    assert (bar.attrs["value"], bar.attrs["max"]) == ("1", "3")
    assert "HX-Refresh" not in answer
    working.work(bulk.pk)
    assert desk.get(f"/desk/bulk/{bulk.pk}/", headers=part)["HX-Refresh"] == "true"


# Who may


def test_a_steward_works_on_what_they_look_after_and_gives_no_stewards() -> None:
    place = factories.place("Aarhus")
    sten = people.person("sten@example.org")
    factories.stewardship(sten, place)
    factories.lab("Here", places=[place])
    factories.lab("There")
    factories.theme("energy")
    theirs = browser(sten)
    assert outcomes(do(theirs, "theme_added", theme="energy")) == {"Here": "done"}
    assert ask_for(theirs, "steward", steward="sten@example.org").status_code == 422


def test_whose_it_is_and_curators_see_it(desk: Client, curator: User) -> None:
    bulk = looked_at(curator)
    sten = people.person("sten@example.org")
    factories.stewardship(sten, factories.place("Aarhus"))
    assert browser(sten).get(f"/desk/bulk/{bulk.pk}/").status_code == 404
    assert browser(sten).get("/desk/bulk/").status_code == 200
    assert "Lab A" in read(desk.get(f"/desk/bulk/{bulk.pk}/")).text
    assert desk.get("/desk/bulk/new/nothing/").status_code == 404
