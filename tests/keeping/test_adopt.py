"""Telling that an organisation has taken a solution over: who, since when, once, confirmed or named."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Actor, Refusal
from curation.choices import State, Verb
from curation.models import Record
from keeping import adopting
from keeping.views import adopt
from labs.models import Adoption, Solution
from mail.models import Message
from tests import factories
from tests.keeping.adopting import Town, at, made_by, maker, solution, town, user
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

__all__ = ["maker", "solution", "user"]

pytestmark = pytest.mark.usefixtures("empty")


# The two minutes


def test_ones_own_organisation_is_chosen_and_two_questions_are_asked(user: Town, solution: Solution) -> None:
    page = read(user.client.get(at(solution))).one("main")
    assert page.one("h1").text == "We use this too"
    assert page.one("input", name="adopter-0-actor").attrs["value"] == user.actor.record.public_id
    form, more = page.one("form"), page.one("details", "sk-more")
    first = form.all("label")[: -len(more.all("label"))]
    assert [label.attrs["for"] for label in first] == ["f-adopter-find", "f-in_use_since"]
    assert "open" not in more.attrs


def test_who_speaks_for_it_confirms_by_telling(user: Town, solution: Solution, client: Client) -> None:
    version = solution.record.version
    response = user.client.post(at(solution), user.chosen | {"in_use_since": "march 2026"})
    made = Adoption.objects.get()
    assert (response.status_code, response["Location"]) == (302, at(solution, made))
    assert (made.solution, made.adopter, made.made_by) == (solution, user.actor, user.user)
    assert (made.in_use_since, made.confirmed) == (dt.date(2026, 3, 1), True)
    record = Record.objects.get(pk=solution.pk)
    assert (record.version, record.phase) == (version + 1, "spread")
    event = record.events.get()
    assert (event.verb, event.by, event.organisation) == (Verb.EDITED, user.user, user.actor.record)
    page = read(client.get(at(solution, made))).one("main")
    assert page.one("h1").text == "Viborg uses Nattesensor"
    assert "In use since March 2026." in page.text
    assert "Confirmed by Viborg" in page.text


def test_everything_else_may_be_told_too(user: Town, solution: Solution, client: Client) -> None:
    place = factories.place("Viborg by", code="0791")
    source = factories.adoption(solution, factories.actor("Odense"))
    said = {
        "in_use_since": "03.2026", "idea_on": "01.2025", "how": "adapted", "taken_from": str(source.pk),
        "heard_through": "network", "heard_named": "Netværk for natarbejde", "place": place.address,
        "bent": "To plejehjem deler.", "effect": "Færre fald.", "source": "Rapport (https://viborg.dk/r)",
        "quality_evidence": "counted", "quality_said": "Ti fald færre", "quality_year": "2026",
        "quality_source": "Opgørelse 2026",
    }  # fmt: skip
    user.client.post(at(solution), user.chosen | said)
    made = Adoption.objects.get(adopter=user.actor)
    assert (made.how, made.taken_from, made.place, made.idea_on) == (
        "adapted", source, place, dt.date(2025, 1, 1)
    )  # fmt: skip
    value = made.values.get()
    assert (value.kind, value.evidence, value.year) == ("quality", "counted", 2026)
    text = read(client.get(at(solution, made))).one("main").text
    for words in (
        "From idea to use: 1 year 2 months.", "Odense", "A network or professional community",
        "Netværk for natarbejde", "Viborg by", "To plejehjem deler.", "Færre fald.", "Ti fald færre",
        "Counted before and after", "Opgørelse 2026", "Rapport",
    ):  # fmt: skip
        assert words in text
    above = read(client.get(at(solution, source))).one("main")
    assert at(solution, made) in above.links
    assert place.pk in Record.objects.get(pk=solution.pk).place_ids


def test_without_a_place_it_stands_where_the_organisation_is(solution: Solution) -> None:
    place = factories.place("Viborg by")
    there = town("Viborg", "vita@viborg.dk", places=[place])
    there.client.post(at(solution), there.chosen)
    assert Adoption.objects.get().place == place


def test_somebody_else_only_names_it_and_it_is_asked(solution: Solution, user: Town, client: Client) -> None:
    other = browser(person("ida@example.org"))
    page = read(other.post(at(solution), user.chosen, follow=True)).one("main")
    made = Adoption.objects.get()
    assert (made.confirmed, made.thanked_at) == (False, None)
    assert "Only named: nobody at Viborg has confirmed it yet" in page.text
    assert Record.objects.get(pk=solution.pk).phase == "in_use"
    assert delivered() == []
    assert solution.record.events.get().organisation is None


def test_who_made_it_names_others(solution: Solution, maker: Town, user: Town) -> None:
    page = read(maker.client.get(at(solution))).one("main")
    assert page.one("h1").text == "Somebody has taken it over"
    assert not page.all("input", name="adopter-0-actor")
    maker.client.post(at(solution), user.chosen)
    assert not Adoption.objects.get().confirmed
    assert solution.record.events.get().organisation == maker.actor.record


def test_a_new_organisation_waits_for_the_curators(solution: Solution, client: Client) -> None:
    teller = person("ida@example.org")
    new = {"adopter-0-name": "Helt Ny Kommune", "adopter-0-type": "municipality", "adopter-0-place": ""}
    page = read(browser(teller).post(at(solution), new, follow=True)).one("main")
    made = Adoption.objects.get()
    assert made.adopter.record.state == State.SUBMITTED
    assert "nobody else can read this yet" in page.text
    assert client.get(at(solution, made)).status_code == 404
    assert "Helt Ny" not in client.get(solution.get_absolute_url()).text
    assert "helt ny" not in str(Record.objects.get(pk=solution.pk).search_da).lower()


# Without JavaScript


def test_the_picker_works_by_buttons_and_loses_nothing(solution: Solution, user: Town) -> None:
    teller = browser(person())
    words = {"adopter-find": "vibor", "in_use_since": "03.2026", "adopter-search": "1", "bent": "Noget"}
    page = read(teller.post(at(solution), words)).one("main")
    found = page.one("button", name="adopter-add")
    assert found.attrs["value"] == user.actor.record.public_id
    words |= {"adopter-add": found.attrs["value"]}
    page = read(teller.post(at(solution), words)).one("main")
    assert page.one("input", name="adopter-0-actor").attrs["value"] == user.actor.record.public_id
    assert page.one("input", name="in_use_since").attrs["value"] == "March 2026"
    assert page.one("textarea", name="bent").text == "Noget"
    assert "open" in page.one("details", "sk-more").attrs
    assert not Adoption.objects.exists()


def test_as_one_types_the_same_is_found(solution: Solution, user: Town) -> None:
    places = f"{at(solution)}find/place/?place-find=vib"
    factories.place("Viborg by", code="0791")
    teller = user.client
    assert "Viborg by" in teller.get(places).text
    assert "Viborg" in teller.get(f"{at(solution)}find/adopter/?adopter-find=vibor").text
    assert teller.get(f"{at(solution)}find/bent/").status_code == 404


def test_logged_out_meanwhile_nothing_typed_is_lost(solution: Solution, user: Town, client: Client) -> None:
    assert client.get(at(solution))["Location"].startswith("/en/account/login/")
    response = client.post(at(solution), user.chosen | {"bent": "Lang forklaring"})
    assert "/again/" in response["Location"] or "again" in response["Location"]
    client.force_login(user.user)
    page = client.get("/en/account/again/")
    assert "Lang forklaring" in page.text
    assert not Adoption.objects.exists()


# What is refused, kindly


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"in_use_since": "snart"}, "in_use_since"),
        ({"in_use_since": "01.2024", "idea_on": "03.2025"}, "idea_on"),
        ({"taken_from": "999999"}, "taken_from"),
        ({"how": "first"}, "how"),
        ({"quality_evidence": "counted"}, "quality_source"),
        ({"bent": "x" * 2001}, "bent"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_go_together_is_told(
    solution: Solution, user: Town, said: dict[str, str], field: str
) -> None:
    page = read(user.client.post(at(solution), user.chosen | said)).one("main")
    assert any(link.startswith(f"#f-{field}") for link in page.by_id("error-summary").links)
    assert "open" in page.one("details", "sk-more").attrs or field == "in_use_since"
    assert not Adoption.objects.exists()


def test_it_is_not_taken_over_by_who_made_it(solution: Solution, maker: Town) -> None:
    page = read(browser(person()).post(at(solution), maker.chosen))
    assert "The solution is Aarhus’s own." in page.by_id("error-summary").text
    assert not Adoption.objects.exists()


def test_told_twice_it_is_one_and_the_second_is_led_to_it(solution: Solution, user: Town) -> None:
    made = factories.adoption(solution, user.actor, confirmed_at=None)
    response = user.client.post(at(solution), user.chosen | {"bent": "Mit eget"})
    page = read(response).one("main")
    assert response.status_code == 409
    assert page.by_id("held").links == [at(solution, made)]
    assert page.one("textarea", name="bent").text == "Mit eget"
    assert Adoption.objects.count() == 1


def test_a_source_that_was_taken_away_meanwhile_is_refused(
    solution: Solution, user: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = factories.adoption(solution, factories.actor("Odense"), confirmed_at=None)
    tell = adopting.tell

    def slow(**told: Any) -> Adoption:
        source.delete()
        return tell(**told)

    monkeypatch.setattr(adopting, "tell", slow)
    page = read(user.client.post(at(solution), user.chosen | {"taken_from": str(source.pk)}))
    assert "That is told no more." in page.by_id("error-summary").text
    assert not Adoption.objects.exists()


def test_who_has_said_no_is_not_named_again_but_may_tell_it(solution: Solution, user: Town) -> None:
    Refusal.objects.create(record=solution.record, actor=user.actor)
    page = read(browser(person()).post(at(solution), user.chosen))
    assert "has been declined" in page.by_id("error-summary").text
    assert not Adoption.objects.exists()
    user.client.post(at(solution), user.chosen)
    assert Adoption.objects.get().confirmed


def test_naming_others_is_limited_and_ones_own_is_not(
    solution: Solution, user: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopt, "EACH", 1)
    teller = browser(person())
    others = [Town(factories.actor(f"By {number}"), user.user) for number in range(2)]
    codes = [teller.post(at(solution), other.chosen).status_code for other in others]
    assert codes == [302, 429]
    assert user.client.post(at(solution), user.chosen).status_code == 302
    assert Adoption.objects.count() == 2


def test_without_a_token_nothing_is_written(solution: Solution, user: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user.user)
    assert client.post(at(solution), user.chosen).status_code == 403
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN])
def test_what_is_not_public_cannot_be_taken_over(maker: Town, user: Town, state: str) -> None:
    hidden = made_by(maker, state=state)
    assert user.client.get(at(hidden)).status_code == 404
    assert user.client.post(at(hidden), user.chosen).status_code == 404
    assert not Adoption.objects.exists()
    assert not Message.objects.exists()


def test_an_organisation_that_is_not_public_cannot_be_chosen(solution: Solution, user: Town) -> None:
    Record.objects.filter(pk=user.actor.pk).update(state=State.WITHDRAWN)
    page = read(browser(person()).post(at(solution), user.chosen))
    assert "is not in the register" in page.by_id("error-summary").text
    assert not Adoption.objects.exists()


def test_many_sources_are_a_list_in_the_order_of_names(solution: Solution, user: Town) -> None:
    for number in range(13):
        factories.adoption(solution, factories.actor(f"By {number:02}"))
    hidden = factories.actor("Skjult", state=State.WITHDRAWN)
    factories.adoption(solution, hidden)
    select = read(user.client.get(at(solution))).one("select", name="taken_from")
    names = [option.text for option in select.all("option")]
    assert names == ["Aarhus, where it began", *(f"By {number:02}" for number in range(13))]


def test_what_was_over_long_ago_is_told_as_well(solution: Solution, user: Town) -> None:
    Record.objects.filter(pk=solution.pk).update(published_at=timezone.now())
    Solution.objects.filter(pk=solution.pk).update(ended=True)
    user.client.post(at(solution), user.chosen)
    assert Actor.objects.get(adoptions__solution=solution) == user.actor
