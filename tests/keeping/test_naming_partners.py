"""Partners of trials and solutions are asked, and confirm or decline, as members of coalitions are."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Refusal
from curation.models import Record
from keeping import naming
from keeping.past_ties import end_ties, ties_to_end
from keeping.tasks.naming import ask_the_named
from labs.models import Partner
from tests import factories as make
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

PATH = "/en/actors/universitetet/named/"


@pytest.fixture
def keeper(db: None) -> User:
    return person("una@universitetet.dk", name="Una", language="en")


@pytest.fixture
def university(keeper: User) -> Actor:
    made = make.actor("Universitetet", slug="universitetet")
    make.membership(keeper, made, "owner")
    return made


def ends() -> list[Any]:
    return [make.trial(make.lab(), "Aftenlys"), make.solution("Lysstyring")]


def run() -> None:
    ask_the_named(timestamp=0)


def test_one_mail_names_all_and_asks_once(university: Actor, keeper: User) -> None:
    for end in ends():
        make.partner(end, university, role="research")
    run()
    run()
    (mail,) = delivered(to=keeper.email)
    for line in ("- Aftenlys (Research partner)", "- Lysstyring (Research partner)"):
        assert line in str(mail.body)
    assert not Partner.objects.filter(asked_at=None).exists()


def test_nobody_is_asked_about_what_is_hidden_over_or_confirmed(university: Actor) -> None:
    make.partner(make.trial(make.lab(), state="draft"), university)
    make.partner(make.solution(state="submitted"), university)
    make.partner(make.trial(make.lab()), university, ended_on=dt.date(2025, 1, 1))
    make.partner(make.trial(make.lab()), university, confirmed_at=timezone.now())
    run()
    assert delivered() == []
    assert naming.namings_of(university) == []


def test_a_member_confirms_one_and_declines_the_other(
    university: Actor, keeper: User, client: Client
) -> None:
    trial, solution = ends()
    for end in (trial, solution):
        make.partner(end, university, role="research")
    keys = {end.kind: f"entry-{end.record.public_id}" for end in (trial, solution)}
    version = solution.record.version
    sent = {keys["trial"]: "yes", keys["solution"]: "no", "reason": "Vi var ikke med."}
    assert browser(keeper).post(PATH, sent).status_code == 302
    left = Partner.objects.get()
    assert (left.trial, left.confirmed) == (trial, True)
    refusal = Refusal.objects.get()
    assert (refusal.record, refusal.actor, refusal.reason) == (
        solution.record,
        university,
        "Vi var ikke med.",
    )
    assert Record.objects.get(pk=solution.pk).version == version + 1
    part = read(client.get(f"/en{trial.get_absolute_url()}")).by_id("partners")
    assert part.one("li").attrs["class"] == "sk-cpl__yes"
    assert "Universitetet" not in client.get(solution.get_absolute_url()).text
    assert "Nothing waits for your answer." in browser(keeper).get(PATH).text


def test_a_no_to_one_role_keeps_what_was_confirmed(university: Actor, keeper: User) -> None:
    trial, _solution = ends()
    make.partner(trial, university, role="research", confirmed_at=timezone.now())
    make.partner(trial, university, role="funder")
    (named,) = naming.namings_of(university)
    naming.decline(university, named, by=keeper)
    assert Partner.objects.get().role == "research"
    assert not Refusal.objects.exists()


def test_what_is_its_own_is_confirmed_unasked(university: Actor) -> None:
    own: dict[str, Any] = {"owner": university, "claimed_at": timezone.now()}
    rows = [
        make.partner(make.trial(make.lab(), **own), university),
        make.partner(make.solution(**own), university),
        make.partner(make.trial(make.lab(), owner=university), university),
    ]
    run()
    for row in rows:
        row.refresh_from_db()
    assert [row.confirmed for row in rows] == [True, True, False]


def test_who_has_declined_is_not_named_again(university: Actor, admin: User) -> None:
    trial = make.trial(make.lab())
    Refusal.objects.create(record=trial.record, actor=university)
    path = f"/en{trial.get_absolute_url()}edit/how/"
    form = {
        "version": str(trial.record.version), "partners-0-actor": university.record.public_id,
        "partners-0-role": "research", "partners-0-side": "push",
    }  # fmt: skip
    page = read(browser(admin).post(path, form))
    assert "Universitetet has declined to be named here." in page.by_id("error-summary").text
    assert not Partner.objects.exists()


def test_a_part_whose_last_year_has_passed_ends(university: Actor) -> None:
    trial, _solution = ends()
    row = make.partner(trial, university, until=2020)
    ended = sum(end_ties(ties, ids) for ties, ids in ties_to_end(dt.date(2026, 11, 22)))
    row.refresh_from_db()
    assert (ended, row.ended_on) == (1, dt.date(2020, 12, 31))
