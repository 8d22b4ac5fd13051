"""Entries side by side: what they say, what they have in common, kinds mixed, what is not public."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from curation.choices import State
from tests import factories
from tests.pages import Node, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")


def address(*entries: Any, **more: str) -> str:
    ids = dict(zip("abc", (entry.record.public_id for entry in entries), strict=False))
    return f"/en/shortlist/compare/?{urlencode(ids | more)}"


def lines(page: Node) -> dict[str, list[str]]:
    rows = page.one("tbody").all("tr")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in rows}


def columns(page: Node) -> list[str]:
    return [cell.text for cell in page.one("thead").all("th", scope="col")] if page.all("table") else []


def test_kinds_stand_beside_each_other_with_what_they_share(client: Client) -> None:
    shared, own, town = factories.theme("Demens"), factories.theme("Energi"), factories.place("Aarhus")
    owner, hidden = factories.actor("Aarhus Kommune"), factories.actor("Kladde", state=State.DRAFT)
    lab = factories.lab(
        "Havnelab", themes=[shared, own], places=[town], phase="running", owner=owner, start_year=2020,
        methods=["workshop"], open_to=["research", "visits"],
    )  # fmt: skip
    for other in (factories.actor(), hidden):
        factories.link(lab, other, "push")
    need = factories.need("Behov", themes=[shared], owner=owner, tried_da="Alt.", asks_for_da="Tid.")
    response = client.get(address(lab, need))
    page = read(response)
    assert columns(page) == ["Havnelab", "Behov"]
    found = lines(page)
    assert found["Themes"] == ["Demens (in common) Energi", "Demens (in common)"]
    assert found["Where"] == ["Aarhus", "Not told"]
    assert found["Who answers for it the same"] == ["Aarhus Kommune"] * 2
    assert found["Phase"] == ["In operation", "Open"]
    assert found["Organisations in the coalition"] == ["1", "– Does not apply"]
    assert found["Links on the PUSH side"] == ["1 PUSH", "– Does not apply"]
    assert found["How ready it is"] == ["– Does not apply", "2 of 7 told"]
    assert found["Open to"] == ["Research partners Visits", "– Does not apply"]
    assert "Conditions" not in found
    (asks,) = (row for row in page.one("tbody").all("tr") if row.one("th").text.startswith("What it asks"))
    assert [cell.attrs.get("lang") for cell in asks.all("td")] == [None, "da"]
    assert "In common: Demens." in page.one("main").text
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies

    differing = lines(read(client.get(address(lab, need, only="differences"))))
    assert set(found) - set(differing) == {"Who answers for it the same", "Freshness the same"}


def test_a_lab_without_an_owner_names_its_host_and_hides_who_is_not_public(client: Client) -> None:
    host, hidden = factories.actor("Værten"), factories.actor("Kanariefugl", state=State.DRAFT)
    lab, other = factories.lab(owner=hidden), factories.lab(host_named="Foreningen")
    factories.link(lab, host, role="host")
    factories.link(other, hidden, role="host")
    response = client.get(address(lab, other))
    assert lines(read(response))["Who answers for it"] == ["Værten", "Foreningen"]
    assert "Kanariefugl" not in response.text


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN])
def test_what_is_not_public_is_left_out(client: Client, state: str) -> None:
    one, other = factories.lab("Et"), factories.lab("To")
    hidden = factories.lab("Kanariefugl", state=state)
    response = client.get(address(one, hidden, other))
    assert columns(read(response)) == ["Et", "To"]
    assert "One of the entries is not public" in response.text
    assert columns(read(client.get(address(one, hidden)))) == []
    assert "Kanariefugl" not in response.text


def test_boxes_lead_to_an_address_and_three_is_most(client: Client) -> None:
    labs = [factories.lab(name) for name in "ABCD"]
    ids = [lab.record.public_id for lab in labs]
    path = "/en/shortlist/compare/"
    response = client.get(path, {"entry": [*ids[:2], ids[0]]})
    assert response["Location"] == address(*labs[:2])
    page = client.get(path, {"entry": ids})
    assert columns(read(page)) == ["A", "B", "C"]
    assert "these are the first three" in page.text
    for few in ({}, {"entry": ids[:1]}, {"a": ids[0], "b": ids[0]}, {"a": "nothing", "b": "' OR 1"}):
        page = client.get(path, few)
        assert columns(read(page)) == []
        assert "Choose on your shortlist" in page.text


def test_a_merged_entry_is_compared_as_what_it_has_become(client: Client) -> None:
    gone, into, other = factories.lab("Gammelt"), factories.lab("Nyt"), factories.lab("Andet")
    gone.record.state, gone.record.merged_into = State.MERGED, into.record
    gone.record.save()
    assert columns(read(client.get(address(gone, other)))) == ["Nyt", "Andet"]
    assert columns(read(client.get(address(gone, into)))) == []


def test_statements_do_not_grow(client: Client) -> None:
    labs = [factories.lab(owner=factories.actor()) for _number in range(3)]
    for lab in labs:
        for _number in range(2):
            factories.link(lab, factories.actor())
    asked = [len(statements(client, address(*labs[:number]))) for number in (2, 3)]
    assert asked[0] == asked[1] <= READER
