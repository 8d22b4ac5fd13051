"""A list for others: by a link that can be stopped, and as a table."""

import csv
import io

import pytest
from django.test import Client

from accounts.models import User
from curation.choices import State
from curation.models import Shortlist
from tests import factories
from tests.outreach.keeping import keep, note
from tests.pages import read
from tests.people import browser
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def owner(member: User) -> Client:
    """Somebody who has kept a lab and a need, with a note to each."""
    mine = browser(member)
    for entry in (factories.lab("Havnelab"), factories.need("Behovet")):
        keep(mine, entry)
        note(mine, entry, "Kanariefugl")
    return mine


def link() -> str:
    return f"/en/shortlist/shared/{Shortlist.objects.get().share_key}/"


def share(client: Client, **more: str) -> None:
    assert client.post("/en/shortlist/share/", more)["Location"] == "/en/shortlist/#share"


def rows(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"/en/shortlist/shortlist.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_a_link_shows_the_entries_and_nothing_of_whose_they_are(
    owner: Client, client: Client, member: User
) -> None:
    share(owner)
    response = client.get(link())
    page = read(response)
    assert [item.one("h3").text for item in page.all("li", "sk-kept")] == ["Behovet", "Havnelab"]
    for secret in ("Kanariefugl", member.email, str(member), "sessionid", "csrfmiddlewaretoken"):
        assert secret not in response.text
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert page.by_id("other-language").attrs["href"] == link().removeprefix("/en")
    assert len(Shortlist.objects.get().share_key or "") >= 22


def test_it_can_be_made_anew_and_stopped(owner: Client, client: Client) -> None:
    share(owner)
    first = link()
    assert first in owner.get("/en/shortlist/").text
    share(owner)
    assert [client.get(first).status_code, client.get(link()).status_code] == [404, 200]
    last = link()
    share(owner, stop="1")
    assert client.get(last).status_code == 404
    assert client.get("/en/shortlist/shared/None/").status_code == 404
    assert last not in owner.get("/en/shortlist/").text
    assert Client().post("/en/shortlist/share/").status_code == 404


def test_only_what_is_public_is_on_it(owner: Client, client: Client) -> None:
    share(owner)
    lab = Shortlist.objects.get().kept.order_by("pk")[0].record
    lab.state = State.WITHDRAWN
    lab.save()
    response = client.get(link())
    assert "Havnelab" not in response.text
    assert "1 entry on the list" in response.text
    assert "no longer public" not in response.text


def test_statements_do_not_grow(owner: Client, client: Client) -> None:
    share(owner)
    before = len(statements(client, link()))
    for _number in range(3):
        keep(owner, factories.lab())
    assert len(statements(client, link())) == before <= READER


def test_a_table_with_and_without_notes(owner: Client) -> None:
    head, need, lab = rows(owner)
    assert (head[0], head[-1]) == ("Name", "Note to yourself")
    assert (lab[0], lab[-1]) == ("Havnelab", "Kanariefugl")
    assert "http://localhost:8000/en/needs/behovet/" in need
    assert "Kanariefugl" not in str(rows(owner, "?notes=0"))
    assert [row[0] for row in rows(owner, "?order=name")] == ["Name", "Behovet", "Havnelab"]
    assert len(rows(Client())) == 1


def test_a_spreadsheet_calculates_nothing_of_it(client: Client) -> None:
    lab = factories.lab("=1+1", summary_da="@SUM(1)")
    keep(client, lab)
    note(client, lab, '+cmd|"; -2')
    _head, row = rows(client)
    assert (row[0], row[2], row[-1]) == ("'=1+1", "'@SUM(1)", "'+cmd|\"; -2")
