"""The desk: what waits for whom, in which order, and at which price."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Claim, Enquiry
from curation.models import Asking, ReasonText, Record, Suggestion
from labs.models import Lab
from tests import factories, people
from tests.pages import Node, read
from tests.people import browser
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")

MONTH_AGO = timezone.now() - dt.timedelta(days=40)


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", is_curator=True)


def submitted(name: str, *, days: int = 5, **said: Any) -> Lab:
    """A lab that was sent in, with its answer promised that many days from now."""
    answer = timezone.localdate() + dt.timedelta(days=days)
    return factories.lab(name, state="submitted", answer_by=answer, submitted_at=timezone.now(), **said)


def changed(name: str, **said: Any) -> Lab:
    lab = factories.lab(name, **said)
    Record.objects.filter(pk=lab.pk).update(version=2)
    return lab


def one_of_each(number: int, place: Any) -> None:
    """One thing in each queue."""
    submitted(f"Ny {number}", places=[place])
    lab = changed(f"Rettet {number}", places=[place])
    actor = factories.actor(f"Aktør {number}", places=[place])
    Suggestion.objects.create(
        record=lab.record, base_version=1, passed_on_at=timezone.now(),
        changes={"summary_da": {"from": [""], "to": ["Nyt"]}},
    )  # fmt: skip
    asker = people.person(f"asker{number}@example.org")
    Claim.objects.create(record=actor.record, user=asker, actor=actor)
    factories.link(lab, actor, role="research", asked_at=MONTH_AGO)
    ReasonText.objects.create(occasion="return", title_da="t", title_en="t", text_da="t", text_en="t")
    Asking.objects.create(record=lab.record, fact="details", reminders=2, asked_at=MONTH_AGO)
    Enquiry.objects.create(
        record=lab.record, state="sent", sent_at=MONTH_AGO, answer_by=timezone.localdate(MONTH_AGO)
    )


QUEUES = ("new", "changed", "suggested", "claimed", "unconfirmed", "stale", "enquiries")


def titles(page: Node) -> list[str]:
    return [node.text for node in page.all("span", "sk-q__t")]


def test_a_stranger_logs_in_and_others_have_no_desk(client: Client, member: User) -> None:
    assert client.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    for path in ("/desk/", "/desk/new/", "/desk/stewards/", "/desk/texts/"):
        assert browser(member).get(path).status_code == 403


def test_the_oldest_promise_stands_first_and_a_late_one_says_so(curator: User) -> None:
    submitted("I morgen", days=1)
    submitted("For længst", days=-3)
    submitted("Næste uge", days=7)
    submitted("I dag", days=0)
    page = read(browser(curator).get("/desk/"))
    assert titles(page) == ["For længst", "I dag", "I morgen", "Næste uge"]
    late = [node.text for node in page.all("span", "sk-q__w--late")]
    assert len(late) == 2
    assert "4" in page.one("h1").text
    assert page.one("p", "sk-lead").text.startswith("2 ")


@pytest.mark.parametrize("queue", QUEUES)
def test_each_queue_has_its_number_and_rows(curator: User, queue: str) -> None:
    place = factories.place()
    for number in range(3):
        one_of_each(number, place)
    page = read(browser(curator).get(f"/desk/{queue}/"))
    assert len(titles(page)) == 3
    numbers = [node.text for node in page.one("dl", "sk-glance").all("dd")]
    assert numbers[: len(QUEUES)] == ["3"] * len(QUEUES)


@pytest.mark.parametrize("queue", QUEUES)
def test_a_steward_sees_what_lies_in_a_place_or_carries_a_theme(queue: str) -> None:
    region = factories.place(kind="region")
    town, elsewhere = factories.place(within=[region]), factories.place()
    one_of_each(1, town)
    one_of_each(2, elsewhere)
    steward = people.person("steward@example.org")
    factories.stewardship(steward, region)
    page = read(browser(steward).get(f"/desk/{queue}/"))
    assert [title[-1] for title in titles(page)] == ["1"]


def test_a_stewardship_that_has_ended_gives_no_desk() -> None:
    steward = people.person("steward@example.org")
    held = factories.stewardship(steward, factories.theme())
    assert browser(steward).get("/desk/").status_code == 200
    held.until = timezone.now()
    held.save()
    assert browser(steward).get("/desk/").status_code == 403


def test_a_curator_who_is_a_steward_may_look_at_their_own_alone(curator: User) -> None:
    town = factories.place()
    one_of_each(1, town)
    one_of_each(2, factories.place())
    client = browser(curator)
    assert "mine" not in client.get("/desk/").text
    factories.stewardship(curator, town)
    assert len(titles(read(client.get("/desk/new/")))) == 2
    assert len(titles(read(client.get("/desk/new/?mine=1")))) == 1


@pytest.mark.parametrize("path", ["", *(f"{queue}/" for queue in QUEUES), "stewards/", "texts/"])
def test_a_page_of_the_desk_asks_the_same_for_one_row_and_three(curator: User, path: str) -> None:
    place = factories.place()
    one_of_each(1, place)
    factories.stewardship(people.person("s1@example.org"), place)
    client = browser(curator)
    asked = statements(client, f"/desk/{path}")
    for number in (2, 3):
        one_of_each(number, place)
        factories.stewardship(people.person(f"s{number}@example.org"), factories.theme())
    assert len(statements(client, f"/desk/{path}")) == len(asked) <= MEMBER


@pytest.mark.parametrize(("number", "status"), [("", 200), ("2", 200), ("3", 302), ("0", 302), ("x", 302)])
def test_long_queues_have_pages(curator: User, number: str, status: int) -> None:
    for each in range(26):
        submitted(f"Nr {each}")
    response = browser(curator).get(f"/desk/new/?page={number}")
    assert response.status_code == status
    if status == 200:
        assert len(titles(read(response))) == (1 if number == "2" else 25)


@pytest.mark.parametrize(
    "path", ["/desk/nothing/", "/desk/new/nothing/", "/desk/claimed/x/", "/desk/claimed/9/"]
)
def test_what_is_not_there_does_not_exist(curator: User, path: str) -> None:
    assert browser(curator).get(path).status_code == 404


def test_what_waits_is_found_by_an_index_however_much_there_is(curator: User) -> None:
    """Two thousand cases cost what twenty do: the list reads its rows in the order of an index."""
    answer = timezone.localdate()
    Record.objects.bulk_create(
        Record(
            kind="lab", slug=f"r-{number}", state="submitted", answer_by=answer, submitted_at=timezone.now()
        )
        for number in range(2000)
    )
    plan = Record.objects.waiting()[:25].explain()
    assert "record_waiting" in plan
    assert "Sort" not in plan or "Incremental Sort" in plan
