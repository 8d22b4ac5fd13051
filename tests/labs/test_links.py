"""What a lab is tied to: missions, needs, offers and who takes part; ties end and are taken up again."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor, Refusal
from curation.choices import Verb
from curation.models import Record
from labs.models import Lab, Link
from missions.models import Need
from tests import factories
from tests.keeping.forms import form_of, sends
from tests.pages import Node, read
from tests.people import browser
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

WHY, WHO = "/labs/lys/edit/why/", "/labs/lys/edit/who/"
LATER = dt.timedelta(days=2)


@pytest.fixture
def town(owner: User) -> Actor:
    made = factories.actor("Byen", type="municipality", side="pull")
    factories.membership(owner, made, "owner")
    return made


@pytest.fixture
def lab(town: Actor) -> Lab:
    return factories.lab("Lys", owner=town, themes=[factories.theme("Lys")])


@pytest.fixture
def other() -> Actor:
    return factories.actor("Universitetet", type="university")


def chosen(entry: Any) -> dict[str, list[str]]:
    return {f"{entry.kind}s": [entry.record.public_id]}


def counts(entry: Any) -> tuple[int, int, int]:
    record = Record.objects.get(pk=entry.pk)
    return record.pull_total, record.push_total, record.link_count


def running(lab: Lab) -> list[str]:
    return [str(link.end) for link in Link.objects.filter(lab=lab).running()]


# The lab's page


def card(page: Node, name: str) -> tuple[str, bool]:
    """What a need's or an offer's card says, and whether its edge is drawn as confirmed."""
    (found,) = [one for one in page.by_id("couplings").all("li") if one.all("a")[0].text == name]
    return found.text, "sk-cpl__yes" in found.attrs.get("class", "")


def test_the_page_tells_what_it_works_on_and_who_has_confirmed(
    client: Client, lab: Lab, other: Actor
) -> None:
    need = factories.need("Bedre søvn", owner=other)
    factories.link(lab, need)
    factories.link(lab, factories.offer("Lysmåling"), "push", confirmed_at=timezone.now(), since=2024)
    factories.link(lab, factories.mission("Gode nætter"))
    factories.link(lab, factories.need("Kladdebehov", state="draft"))
    factories.link(lab, factories.offer("Hemmeligt tilbud", state="draft"))
    factories.link(lab, factories.mission("Skjult mission", state="submitted"))
    behind = factories.actor("Hemmelig", state="draft")
    factories.link(lab, factories.need("Ejet i det skjulte", owner=behind))
    page = read(client.get("/en/labs/lys/"))
    text, solid = card(page, "Bedre søvn")
    assert ("Universitetet" in text, "only named" in text, solid) == (True, True, False)
    text, solid = card(page, "Lysmåling")
    assert ("from 2024" in text, "confirmed" in text, solid) == (True, True, True)
    assert [heading.text for heading in page.by_id("missions").all("h3")] == ["Gode nætter"]
    for name in ("Kladdebehov", "Hemmeligt", "Skjult", "Hemmelig"):
        assert name not in page.text
    assert counts(lab) == (2, 1, 4)
    assert "PULL 2 PUSH 1" in page.one("dl", "sk-state").text
    assert "earlier" not in page


def test_without_couplings_the_page_says_what_to_do(client: Client, lab: Lab) -> None:
    links = read(client.get("/labs/lys/")).by_id("couplings").links
    assert links == ["/register/need/?lab=lys", "/offers/?theme=lys"]
    factories.lab("Slut", ended=True)
    ended = read(client.get("/labs/slut/"))
    assert ended.by_id("couplings").links == []
    assert not any("role=" in path for path in ended.links)


def test_what_is_over_stands_under_earlier_and_fills_no_role(client: Client, lab: Lab, other: Actor) -> None:
    factories.link(lab, other, "push", role="research", since=2019, ended_on=dt.date(2022, 5, 1))
    factories.link(lab, factories.need("Gammelt behov"), ended_on=dt.date(2024, 5, 1))
    factories.link(lab, factories.need("Skjult", state="draft"), ended_on=dt.date(2024, 5, 1))
    page = read(client.get("/en/labs/lys/"))
    earlier = page.by_id("earlier")
    assert [row.text for row in earlier.all("li")] == [
        "Gammelt behov Need · until 2024",
        "Universitetet Actor · Research partner · 2019–2022",
    ]
    assert counts(lab) == (0, 0, 0)
    roles = {row.attrs["data-role"]: row for row in page.by_id("coalition").all("li", "sk-role")}
    assert "sk-role--open" in roles["research"].attrs["class"]
    assert "Universitetet" not in page.by_id("coalition").text


def test_the_page_asks_the_same_however_much_is_tied(client: Client, lab: Lab) -> None:
    none = len(statements(client, "/labs/lys/"))
    for number in range(3):
        owner = factories.actor(f"Ejer {number}")
        for one in (factories.need(owner=owner), factories.offer(owner=owner), factories.mission(), owner):
            factories.link(lab, one)
        factories.link(lab, factories.need(), ended_on=dt.date(2020, 1, 1))
    assert len(statements(client, "/labs/lys/")) == none <= READER


# Needs and offers in the lab's form


def test_needs_and_offers_are_found_chosen_and_counted(lab: Lab, owner: User, other: Actor) -> None:
    need, offer = factories.need("Bedre søvn", owner=other), factories.offer("Lysmåling", owner=other)
    factories.need("Bedre søvn engang", ended=True, status="expired")
    factories.need("Bedre søvn i kladde", state="draft")
    client, version = browser(owner), lab.record.version
    page = read(sends(client, WHY, **{"needs-find": "søvn", "needs-search": "1"}))
    assert [b.attrs["value"] for b in page.all("button", name="needs-add")] == [need.record.public_id]
    assert "Universitetet" in page.by_id("f-needs-found").text
    find = read(client.get("/register/find/lab/why/offers/", {"offers-find": "lysm"}))
    assert [b.attrs["value"] for b in find.all("button", name="offers-add")] == [offer.record.public_id]
    assert sends(client, WHY, **chosen(need), **chosen(offer)).status_code == 302
    links = {link.end: link for link in lab.links.order_by("pk")}
    assert [(links[end].side, links[end].confirmed) for end in (need, offer)] == [
        ("pull", False), ("push", False),
    ]  # fmt: skip
    assert counts(lab) == (1, 1, 2)
    lab.record.refresh_from_db()
    assert lab.record.version == version + 1
    assert Record.objects.get(pk=need.pk).link_count == 1


def test_who_speaks_for_the_other_party_has_confirmed_by_it(lab: Lab, owner: User, town: Actor) -> None:
    own, others = factories.need("Vores", owner=town), factories.need("Deres", owner=factories.actor())
    keys = [own.record.public_id, others.record.public_id]
    assert sends(browser(owner), WHY, needs=keys).status_code == 302
    assert [link.confirmed for link in lab.links.order_by("need__name_da")] == [False, True]


def test_what_is_not_public_cannot_be_chosen(lab: Lab, owner: User) -> None:
    hidden = factories.need("Hemmeligt", state="draft")
    page = read(sends(browser(owner), WHY, **chosen(hidden)))
    assert page.by_id("error-summary").links == ["#f-needs-find"]
    assert "Hemmeligt" not in page.text
    assert not lab.links.exists()


def test_what_was_declined_is_not_added_again_but_by_its_owner(lab: Lab, owner: User, other: Actor) -> None:
    need, held = factories.need("Bedre søvn", owner=other), factories.need("Mindre fald", owner=other)
    factories.link(lab, held)
    Refusal.objects.create(record=lab.record, actor=other)
    client = browser(owner)
    page = read(sends(client, f"/en{WHY}", needs=[held.record.public_id, need.record.public_id]))
    assert "Bedre søvn: it has been declined here." in page.by_id("error-summary").text
    assert running(lab) == ["Mindre fald"]
    assert sends(client, WHY, **chosen(held)).status_code == 302  # what stands already may stay
    factories.membership(owner, other)
    assert sends(client, WHY, **chosen(need)).status_code == 302
    assert lab.links.get(need=need).confirmed


# Ending


def test_a_slip_is_deleted(lab: Lab, owner: User) -> None:
    need = factories.need()
    factories.link(lab, need)
    assert sends(browser(owner), WHY, needs=[]).status_code == 302
    assert not lab.links.exists()
    assert Record.objects.get(pk=need.pk).link_count == 0


@pytest.mark.parametrize("why", ["confirmed", "stood"])
def test_what_stood_or_was_confirmed_ends_and_is_taken_up_again(
    lab: Lab, owner: User, why: str, time_machine: TimeMachineFixture
) -> None:
    need = factories.need("Bedre søvn", owner=factories.actor())
    now = timezone.now()
    link = factories.link(lab, need, asked_at=now, confirmed_at=now if why == "confirmed" else None)
    if why == "stood":
        time_machine.move_to(now + LATER)
    client = browser(owner)
    assert sends(client, WHY, needs=[]).status_code == 302
    link.refresh_from_db()
    assert link.ended_on == timezone.localdate()
    assert counts(lab) == (0, 0, 0)
    assert form_of(read(client.get(WHY))).get("needs") is None
    assert "Bedre søvn" in read(client.get("/labs/lys/")).by_id("earlier").text
    assert sends(client, WHY, **chosen(need)).status_code == 302
    again = lab.links.get()
    assert (again.pk, again.ended_on, again.asked_at, again.confirmed_at) == (link.pk, None, None, None)
    assert counts(lab) == (1, 0, 1)
    assert lab.record.events.filter(verb=Verb.EDITED).count() == 2


def test_what_nobody_could_read_leaves_nothing(
    lab: Lab, owner: User, time_machine: TimeMachineFixture
) -> None:
    factories.link(lab, factories.mission())
    Record.objects.filter(pk=lab.pk).update(published_at=timezone.now() + LATER)
    time_machine.move_to(timezone.now() + LATER)
    assert sends(browser(owner), WHY, missions=[]).status_code == 302
    assert not lab.links.exists()


# Who takes part


def party(actor: Actor, **said: str) -> dict[str, str]:
    told = {"actor": actor.record.public_id, "role": "host", "side": "both", "since": "", "until": ""} | said
    return {f"parties-0-{name}": value for name, value in told.items()}


def saves(client: Client, **typed: str) -> Any:
    """The coalition with these rows and no others."""
    sent = form_of(read(client.get(WHO)))
    return client.post(WHO, {key: sent[key] for key in ("version", "began")} | typed)


def test_a_party_ends_and_the_next_host_comes(
    lab: Lab, owner: User, other: Actor, time_machine: TimeMachineFixture
) -> None:
    old = factories.link(lab, factories.actor("Gammel vært"), "both", role="host")
    time_machine.move_to(timezone.now() + LATER)
    client = browser(owner)
    assert saves(client, **party(other)).status_code == 302
    old.refresh_from_db()
    assert old.ended_on == timezone.localdate()
    assert running(lab) == ["Universitetet"]
    assert old.actor is not None
    assert saves(client, **party(old.actor)).status_code == 302  # and back again: the same row
    assert lab.links.running().get().pk == old.pk


def test_until_a_year_that_has_passed_is_the_end(client: Client, lab: Lab, owner: User, other: Actor) -> None:
    factories.link(lab, other, "push", role="research", confirmed_at=timezone.now())
    said = {"role": "research", "side": "push", "since": "2020", "until": "2023"}
    page = read(saves(browser(owner), **party(other, **said | {"since": "2024"})))
    assert page.by_id("error-summary").links == ["#f-parties-0-until"]
    assert saves(browser(owner), **party(other, **said)).status_code == 302
    link = lab.links.get()
    assert (link.since, link.until, link.ended_on, link.confirmed) == (
        2020,
        2023,
        dt.date(2023, 12, 31),
        True,
    )
    assert "2020–2023" in read(client.get("/labs/lys/")).by_id("earlier").text
    assert "parties-0-actor" not in form_of(read(browser(owner).get(WHO)))
    assert saves(browser(owner), **party(other, **said | {"until": ""})).status_code == 302
    link.refresh_from_db()
    assert (link.ended_on, link.until, link.confirmed) == (None, None, False)


def test_a_planned_end_is_no_end(client: Client, lab: Lab, owner: User, other: Actor) -> None:
    ahead = str(timezone.localdate().year + 3)
    assert saves(browser(owner), **party(other, role="research", until=ahead)).status_code == 302
    link = lab.links.get()
    assert (link.until, link.ended_on) == (int(ahead), None)
    assert ahead in read(client.get("/labs/lys/")).by_id("coalition").text


def test_members_of_missions_end_the_same_way(
    client: Client, owner: User, town: Actor, other: Actor, time_machine: TimeMachineFixture
) -> None:
    mission = factories.mission("Gode nætter", owner=town)
    factories.member(mission, other, role="research")
    time_machine.move_to(timezone.now() + LATER)
    path = "/missions/gode-naetter/edit/who/"
    sent = form_of(read(browser(owner).get(path)))
    browser(owner).post(path, {key: sent[key] for key in ("version", "began")})
    assert mission.members.get().ended_on == timezone.localdate()
    page = read(client.get(mission.get_absolute_url()))
    assert "Universitetet" in page.by_id("earlier").text
    assert "Universitetet" not in page.by_id("coalition").text
    assert counts(mission)[2] == 0


def test_a_need_is_asked_for_from_a_missing_role(client: Client, lab: Lab, other: Actor) -> None:
    factories.link(lab, other, "push", role="research")
    coalition = read(client.get("/labs/lys/")).by_id("coalition")
    asked = [path for path in coalition.links if path.startswith("/register/need/")]
    assert "/register/need/?lab=lys&role=company" in asked
    assert not any(path.endswith(("role=research", "role=host")) for path in asked)
    fill = next(path for path in coalition.links if "kind=foundation" in path)
    factories.actor("Fonden", type="foundation", themes=[*_themes(lab)])
    factories.actor("Firmaet", type="company", themes=[*_themes(lab)])
    found = read(client.get(fill)).by_id("results")
    assert [heading.text for heading in found.all("h3")] == ["Fonden"]
    assert Need.objects.count() == 0


def _themes(lab: Lab) -> list[Any]:
    return [row.theme for row in lab.record.entry_themes.order_by("order")]
