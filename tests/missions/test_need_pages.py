"""A need's page and list: what is told and what is not, what answers it, and nothing that is not public."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from missions.models import Need
from missions.readiness import SEVEN
from tests import factories as make
from tests.pages import ListPage, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

CANARY = "kanariefugl"
TOLD = {
    "summary_da": "Beboerne sover ikke. Det går ud over alle.", "tried_da": "Færre runder.",
    "success_da": "Halvt så mange vågne nætter.", "asks_for_da": "En søvnforsker.",
    "may_touch": "To afdelinger.", "signed_by": "Centerleder", "cooperation": "Et forsøg.",
}  # fmt: skip


def test_what_is_told_stands_there_and_what_is_not_is_said_not_to_be(client: Client) -> None:
    owner, place, theme = make.actor("Byens plejecenter"), make.place("Byen"), make.theme("Søvn")
    mission = make.mission("Rolig nat")
    need = make.need(
        "Søvn på plejehjem", owner=owner, places=[place], themes=[theme], mission=mission,
        deadline=dt.date(2031, 5, 4), **TOLD,
    )  # fmt: skip
    page = read(client.get(f"/en{need.get_absolute_url()}")).one("main")
    facts = page.all("dl")[0]
    assert {f"/en{one.get_absolute_url()}" for one in (owner, mission)} <= set(facts.links)
    for words in ("Open", "Find or adapt a solution", "4 May 2031", "7 of 7 told"):
        assert words in facts.text
    for words in TOLD.values():
        assert words in page.text
    card = page.by_id("card")
    told = {row.one("dt").text: row.one("dd").text for row in card.all("div")}
    assert told["Form of cooperation"] == "Et forsøg."
    assert told["Data and ethics"] == told["Who owns the results"] == "Not told"
    assert "Søvn" in page.one("ul", "sk-themes").text
    assert f"/en{place.get_absolute_url()}" in page.links


def test_how_ready_it_is_names_what_is_missing(client: Client) -> None:
    need = make.need(summary_da="Nogle.", window="I august", owner=make.actor(state="submitted"))
    ready = read(client.get(f"/en{need.get_absolute_url()}")).by_id("ready")
    assert "Ready: 2 of 7" in ready.text
    rows = ready.one("ul").all("li")
    assert len(rows) == len(SEVEN)
    told = ["sk-ready__i--yes" in row.attrs["class"] for row in rows]
    assert told == [False, True, False, False, False, True, False]
    assert [row.one("span").text for row in rows] == ["Told" if one else "Not told" for one in told]
    drawn = ready.one("span", "sk-ready__bar").all("span")
    assert ["sk-ready__yes" in one.attrs["class"] for one in drawn] == told


@pytest.mark.parametrize(
    ("status", "says"), [("answered", "been answered"), ("expired", "expired"), ("withdrawn", "withdrawn")]
)
def test_one_that_has_ended_says_so_first(client: Client, status: str, says: str) -> None:
    need = make.need(status=status, ended=True, ended_on=dt.date(2026, 2, 1))
    page = read(client.get(f"/en{need.get_absolute_url()}")).one("main")
    assert says in page.one("p", "sk-over").text
    assert page.text.index(says) < page.text.index(need.name)
    assert "1 February 2026" in page.by_id("about").text
    assert "ready" not in page
    assert not [link for link in page.links if "/answer/" in link]


def test_answers_and_labs_are_confirmed_only_proposed_or_over(client: Client) -> None:
    need, maker = make.need(), make.actor("Søvncenteret")
    now = timezone.now()
    make.response(need, make.offer("Kendt", owner=maker), confirmed_at=now)
    make.response(need, make.offer("Foreslået"))
    make.response(need, make.offer("Forbi"), ended_on=dt.date(2025, 3, 1))
    make.link(make.lab("Lyslab"), need, confirmed_at=now)
    make.link(make.lab("Nævnt lab"), need)
    make.link(make.lab("Tidligere lab"), need, ended_on=dt.date(2024, 3, 1))
    page = read(client.get(f"/en{need.get_absolute_url()}"))
    said = {
        row.one("p", "sk-cpl__n").text: (row.attrs.get("class", ""), row.one("span", "sk-co__role").text)
        for part in ("answers", "labs")
        for row in page.by_id(part).all("li")
    }
    assert said == {
        "Kendt": ("sk-cpl__yes", "Søvncenteret · confirmed"),
        "Foreslået": ("", "only proposed"),
        "Lyslab": ("sk-cpl__yes", "confirmed"),
        "Nævnt lab": ("", "only named"),
    }
    earlier = page.by_id("earlier").text
    assert "Forbi" in earlier
    assert "Tidligere lab" in earlier
    assert "2025" in earlier


def test_the_ways_to_answer_are_there(client: Client) -> None:
    need = make.need()
    links = read(client.get(need.get_absolute_url())).links
    assert {f"{need.get_absolute_url()}{way}/" for way in ("answer", "couple")} <= set(links)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_nothing_that_is_not_public_is_named(client: Client, state: str) -> None:
    hidden = {"state": state, "summary_da": CANARY}
    need = make.need("Åbent")
    before = client.get(need.get_absolute_url()).text
    make.response(need, make.offer(f"{CANARY} tilbud", **hidden))
    make.response(need, make.offer(f"{CANARY} endt", **hidden), ended_on=dt.date(2025, 1, 1))
    make.link(make.lab(f"{CANARY} lab", **hidden), need)
    for column in ("owner", "mission"):
        other = (make.actor if column == "owner" else make.mission)(f"{CANARY} {column}", **hidden)
        Need.objects.filter(pk=need.pk).update(**{column: other})
    assert client.get(need.get_absolute_url()).text == before
    gone = make.need(f"{CANARY} behov", **hidden)
    assert client.get(gone.get_absolute_url()).status_code == 404
    assert CANARY not in client.get("/needs/").text


def test_statements_do_not_grow_with_rows(client: Client) -> None:
    def need(rows: int) -> Need:
        theme = make.theme()
        made = make.need(themes=[theme], owner=make.actor(), mission=make.mission(), places=[make.place()])
        for _row in range(rows):
            make.need(themes=[theme])
            make.response(made, make.offer(owner=make.actor()))
            make.link(make.lab(), made)
        return made

    one, three = (len(statements(client, need(rows).get_absolute_url())) for rows in (1, 3))
    assert one == three <= READER


def test_the_list_is_told_by_status_and_what_is_asked_for(client: Client) -> None:
    make.need("Åbent behov", type="funding", deadline=dt.date(2031, 5, 4))
    make.need("Svaret behov", status="answered", ended=True)
    make.need("Uvist behov", status="")
    page = ListPage.at(client, "/en/needs/")
    assert page.names == ["Åbent behov", "Uvist behov", "Svaret behov"]
    assert page.options["phase", "answered"] == page.options["kind", "funding"] == 1
    (card,) = [row for row in page.page.by_id("results").all("li", "sk-entry") if "Åbent" in row.text]
    assert "Open" in card.text
    assert "PULL" in card.text
    assert "4 May 2031" in card.text
    assert ListPage.at(client, "/en/needs/", {"phase": "unknown"}).names == ["Uvist behov"]
