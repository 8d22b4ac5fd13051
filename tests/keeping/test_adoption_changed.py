"""One adoption changed, by two at once too; ended and taken up again."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.models import Record
from keeping import adopting
from labs.models import Adoption, Solution
from tests import factories
from tests.keeping.adopting import Town, at, main, maker, named, now, solution, steps, teller, user
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

__all__ = ["maker", "named", "solution", "teller", "user"]

pytestmark = pytest.mark.usefixtures("empty")


# Changed


def test_saving_changes_it_and_confirms_it(
    named: Adoption, solution: Solution, user: Town, maker: Town
) -> None:
    path = at(solution, named, "edit/")
    page = main(user.client, path)
    assert "By saving you confirm that Viborg uses it." in page.text
    assert page.one("input", name="in_use_since").attrs["value"] == "March 2026"
    assert not page.all("input", name="adopter-find")
    said = {"version": "1", "in_use_since": "04.2026", "bent": "Andre alarmer", "efficiency_evidence": "felt"}
    response = user.client.post(path, said)
    assert (response.status_code, response["Location"]) == (302, at(solution, named))
    after = now(named)
    assert (after.in_use_since, after.bent, after.version) == (dt.date(2026, 4, 1), "Andre alarmer", 2)
    assert after.values.get().kind == "efficiency"
    assert after.confirmed
    assert len(delivered(to=maker.user.email)) == 1
    user.client.post(path, said | {"version": "2", "efficiency_evidence": ""})
    assert not after.values.exists()


def test_who_told_it_may_change_it_until_it_is_confirmed(
    named: Adoption, solution: Solution, teller: User, as_member: Client
) -> None:
    path = at(solution, named, "edit/")
    assert as_member.get(path).status_code == 403
    client = browser(teller)
    client.post(path, {"version": "1", "bent": "Rettet"})
    assert (now(named).bent, now(named).confirmed) == ("Rettet", False)
    adopting.confirm(now(named))
    assert client.post(path, {"version": "2", "bent": "Mere"}).status_code == 403
    assert now(named).bent == "Rettet"


def test_the_second_of_two_keeps_what_it_typed_beside_what_it_says_now(
    named: Adoption, solution: Solution, user: Town
) -> None:
    path = at(solution, named, "edit/")
    began = main(user.client, path).one("input", name="began").attrs["value"]
    user.client.post(path, {"version": "1", "began": began, "effect": "Først", "in_use_since": "03.2026"})
    response = user.client.post(
        path, {"version": "1", "began": began, "bent": "Min forklaring", "in_use_since": "03.2026"}
    )
    page = read(response).one("main")
    assert response.status_code == 409
    assert now(named).bent == ""
    assert page.one("textarea", name="bent").text == "Min forklaring"
    assert page.one("textarea", name="effect").text == "Først"
    assert "Først" in page.one("table").text
    version = page.one("input", name="version").attrs["value"]
    user.client.post(path, {"version": version, "bent": "Min forklaring", "effect": "Først"})
    assert (now(named).bent, now(named).effect) == ("Min forklaring", "Først")


def test_a_circle_is_refused_and_not_offered(solution: Solution, user: Town, named: Adoption) -> None:
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    grandchild = factories.adoption(solution, factories.actor("Ry"), taken_from=child)
    other = factories.adoption(solution, factories.actor("Skive"))
    path = at(solution, named, "edit/")
    offered = [box.attrs["value"] for box in main(user.client, path).all("input", name="taken_from")]
    assert offered == ["", str(other.pk)]
    page = read(user.client.post(path, {"version": "1", "taken_from": str(grandchild.pk)}))
    assert page.by_id("error-summary").links == ["#f-taken_from_0"]
    for source in (child.pk, grandchild.pk, named.pk, 999_999):
        with pytest.raises(adopting.SourceGone):
            adopting.change(now(named), said={"taken_from_id": source}, values=[], by=user.user, version=1)
    assert now(named).taken_from is None


def test_the_database_keeps_the_tree_a_tree(solution: Solution, named: Adoption) -> None:
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    elsewhere = factories.adoption(factories.solution("Anden"), factories.actor("Ry"))
    for source in (named, child, elsewhere):
        with pytest.raises(IntegrityError, match="taken over from somebody"), transaction.atomic():
            Adoption.objects.filter(pk=named.pk).update(taken_from=source)


def test_what_the_database_refuses_ends_in_a_word(
    solution: Solution, user: Town, named: Adoption, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should anybody write beside the form while it looks."""
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    monkeypatch.setattr(adopting, "_goes", lambda _adoption, _source: True)
    with pytest.raises(adopting.SourceGone):
        adopting.change(now(named), said={"taken_from_id": child.pk}, values=[], by=user.user, version=1)
    assert now(named).taken_from is None


def test_pickers_lose_nothing_when_changing(named: Adoption, solution: Solution, user: Town) -> None:
    place = factories.place("Viborg by", code="0791")
    path = at(solution, named, "edit/")
    page = read(user.client.post(path, {"version": "1", "bent": "Skrevet", "place-add": place.address}))
    assert page.one("input", name="place").attrs["value"] == place.address
    assert page.one("textarea", name="bent").text == "Skrevet"
    assert now(named).place is None


# Over, and in use again


def test_over_it_stays_readable_and_counts_no_more(
    named: Adoption, solution: Solution, user: Town, client: Client
) -> None:
    Record.objects.update(published_at=timezone.now() - dt.timedelta(days=1))
    adopting.confirm(named)
    path = at(solution, named, "end/")
    said = {"version": "1", "ended_on": "2026-06-30", "ended_reason": "Leverandøren lukkede."}
    assert user.client.post(path, said).status_code == 302
    assert Record.objects.get(pk=solution.pk).phase == "in_use"
    text = main(client, at(solution, named)).text
    assert "In use from March 2026 until June 2026." in text
    assert "Leverandøren lukkede." in text
    response = user.client.post(path, said)
    assert (response.status_code, "Leverandøren lukkede." in response.text) == (409, True)
    user.client.post(at(solution, named, "take-up/"), {"version": "2"})
    again = now(named)
    assert (again.ended_on, again.ended_reason, again.confirmed) == (None, "", True)
    assert Record.objects.get(pk=solution.pk).phase == "spread"
    assert steps(client, at(solution, named)) == [
        "Confirmed by the organisation", "In use again", "Told to be over", "Confirmed by the organisation",
        "Told",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-02-01", "before it began"), ("2099-01-01", "lies in the future"), ("", "Write the day")],
    ids=["before", "future", "none"],
)
def test_the_day_it_ended_is_a_day_it_can_have(
    named: Adoption, solution: Solution, user: Town, day: str, why: str
) -> None:
    page = read(
        user.client.post(at(solution, named, "end/"), {"version": "1", "ended_on": day, "ended_reason": "x"})
    )
    assert why in page.by_id("error-summary").text
    assert now(named).ended_on is None


def test_taken_up_by_a_curator_it_waits_for_a_yes_again(named: Adoption, solution: Solution) -> None:
    Adoption.objects.filter(pk=named.pk).update(ended_on=dt.date(2026, 5, 1), confirmed_at=timezone.now())
    curator = browser(person(is_curator=True))
    curator.post(at(solution, named, "take-up/"), {"version": "7"})
    assert now(named).ended_on is not None
    curator.post(at(solution, named, "take-up/"), {"version": "1"})
    assert (now(named).ended_on, now(named).confirmed) == (None, False)
