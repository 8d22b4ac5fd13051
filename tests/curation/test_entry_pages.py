"""What the pages of labs, actors and missions share: languages, statements, what is not known."""

from typing import Any

import pytest
from django.test import Client

from curation.models import Record, Theme
from places.models import Place
from tests import factories
from tests.pages import Node, read
from tests.statements import MEMBER, READER, statements

KINDS = ("lab", "actor", "mission")
every_kind = pytest.mark.parametrize("kind", KINDS)


def entry(kind: str, name: str, **said: Any) -> Any:
    return getattr(factories, kind)(name, **said)


def marked(page: Node, text: str) -> set[str]:
    """The languages of the elements in the main part that hold a text; empty for the page's own."""
    holding = [
        node for node in page.one("main") if any(text in c for c in node.children if isinstance(c, str))
    ]
    assert holding, text
    return {node.attrs.get("lang", "") for node in holding}


@pytest.mark.usefixtures("denmark")
def test_the_entries_of_denmark_have_whole_pages(client: Client) -> None:
    """One heading, no id twice, links that lead somewhere. Every fifth actor will do."""
    records = list(Record.objects.published().order_by("pk"))
    links: set[str] = set()
    for record in records:
        if record.kind == "actor" and record.pk % 5:
            continue
        page = read(client.get(record.get_absolute_url()))
        ids = [node.attrs["id"] for node in page if "id" in node.attrs]
        assert len(ids) == len(set(ids)), record
        assert [heading.text for heading in page.all("h1")] == [record.name_da]
        assert {link for link in page.links if link[0] == "#"} <= {f"#{name}" for name in ids}
        own = (link.partition("#")[0] for link in page.links if link.startswith("/"))
        links |= {link.replace("/en/", "/", 1) for link in own}
    listed: list[Any] = [*records, *Theme.objects.all(), *Place.objects.all()]
    known = {one.get_absolute_url() for one in listed}
    networks = {link for link in links if link.startswith("/network/")}
    readers = {link for link in links if link.startswith(("/shortlist/keep/", "/write/"))}
    doing = {link for link in links if link.startswith(tuple(known)) and link not in known}
    assert {link.rstrip("/").rpartition("/")[2] for link in doing} == {
        "suggest", "history", "edit", "claim", "couple", "answer", "shifts", "spread", "we-use-this",
        "learned", "taken-over",
    }  # fmt: skip
    # Lists and forms that are asked for something are the same ones; one question to each will do.
    asked = {link.partition("?")[0]: link for link in sorted(links - known - doing - networks - readers)}
    others = [
        *asked.values(),
        *sorted(doing)[:8],
        *sorted(networks)[:4],
        *sorted(readers)[:4],
        *sorted(readers)[-4:],
    ]
    assert len(others) < 50
    assert [link for link in others if client.get(link).status_code not in (200, 302)] == []


@pytest.mark.usefixtures("empty")
@every_kind
def test_a_text_in_the_other_language_is_marked(client: Client, kind: str) -> None:
    town = factories.place("Byen", code="0101")
    made = entry(kind, "Navnet", summary_da="Kun dansk tekst.", places=[town], description_en="Only English.")
    path = made.get_absolute_url()
    danish, english = read(client.get(path)), read(client.get(f"/en{path}"))
    assert marked(danish, "Kun dansk tekst.") == {""}
    assert marked(english, "Kun dansk tekst.") == {"da"}
    in_danish = [node for node in danish.one("main") if node.attrs.get("lang") == "en"]
    assert any("Only English." in node.text for node in in_danish)
    assert marked(read(client.get(f"/en/{kind}s/")), "Kun dansk tekst.") == {"da"}


@pytest.mark.usefixtures("empty")
@every_kind
def test_names_come_in_the_readers_language(client: Client, kind: str) -> None:
    made = entry(
        kind, "Dansk navn", name_en="English name", summary_en="English summary.", summary_da="Dansk."
    )
    path = made.get_absolute_url()
    assert read(client.get(path)).one("h1").text == "Dansk navn"
    page = read(client.get(f"/en{path}"))
    assert page.one("h1").text == "English name"
    assert marked(page, "English summary.") == {""}
    assert page.one("html").attrs["lang"] == "en"


@pytest.mark.usefixtures("empty")
@every_kind
def test_the_other_language_is_one_link_away(client: Client, kind: str) -> None:
    path = entry(kind, "Navnet").get_absolute_url()
    for here, there, code in ((path, f"/en{path}", "en"), (f"/en{path}", path, "da")):
        page = read(client.get(here))
        (alternate,) = page.all("link", rel="alternate", hreflang=code)
        assert (alternate.attrs["href"], alternate.attrs["hreflang"]) == (there, code)
        (link,) = page.one("header").all("a", hreflang=code)
        assert (link.attrs["href"], link.attrs["lang"]) == (there, code)


@pytest.mark.usefixtures("empty")
@every_kind
def test_nothing_known_is_said_and_leads_on(client: Client, kind: str) -> None:
    page = read(client.get(entry(kind, "Ukendt").get_absolute_url())).one("main")
    empty = page.all(css="sk-empty")
    assert empty
    assert all(box.text for box in empty)
    assert "None" not in page.text
    assert not page.all("details")  # no source, so no list of sources


@pytest.mark.usefixtures("empty")
@every_kind
def test_hostile_text_is_text(client: Client, kind: str) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> **fed**"
    made = entry(
        kind, "Navn <b>fed</b>", summary_da=evil, description_da=evil, source="Kilde <i> (https://x.dk/?a=1&b=2)",
    )  # fmt: skip
    page = read(client.get(made.get_absolute_url())).one("main")
    assert page.one("h1").text == "Navn <b>fed</b>"
    assert not page.all("script")
    assert not page.all("img")
    assert not [node for node in page for name in node.attrs if name.startswith("on")]
    assert not [link for link in page.links if link.startswith("javascript:")]
    assert "https://x.dk/?a=1&b=2" in page.links
    assert [node.text for node in page.all("strong")] == ["fed"]


@pytest.mark.usefixtures("empty")
@every_kind
def test_an_ended_entry_tells_how(client: Client, kind: str) -> None:
    heir = entry(kind, "Arvingen")
    made = entry(
        kind, "Det gamle", ended=True, ended_on="2025-06-30", ended_reason="Pengene slap op.",
        lessons="Begynd tidligt.", heir=heir.record,
    )  # fmt: skip
    box = read(client.get(made.get_absolute_url())).one("div", "sk-ended")
    for told in ("2025", "Pengene slap op.", "Begynd tidligt.", "Arvingen"):
        assert told in box.text
    assert heir.get_absolute_url() in box.links


def fill(kind: str, number: int) -> str:
    """An entry with themes, places, links, relations, missions and similar ones."""
    themes = [factories.theme() for _number in range(2)]
    region = factories.place(kind="region")
    town = factories.place(within=[region], latitude=55.0, longitude=10.0)
    at: dict[str, Any] = {"themes": themes, "places": [town]}
    point: dict[str, Any] = {"latitude": 55.0, "longitude": 10.0}
    owner = factories.actor(**point)
    lab, mission = factories.lab(**at, **point, owner=owner), factories.mission(**at, owner=owner)
    actor = factories.actor(places=[town], **point)
    for _row in range(number):
        other, likewise = factories.actor(), factories.lab(**at, **point)
        factories.link(lab, other)
        factories.link(lab, factories.mission(**at))
        factories.member(mission, other)
        factories.link(likewise, mission)
        factories.link(likewise, actor)
        factories.member(factories.mission(**at), actor)
        factories.relation(actor, other)
        factories.relation(other, actor)
    return {"lab": lab, "actor": actor, "mission": mission}[kind].get_absolute_url()


@pytest.mark.usefixtures("empty")
@every_kind
def test_the_number_of_statements_is_small_and_constant(
    client: Client, as_member: Client, settings: Any, kind: str
) -> None:
    settings.CACHE_PAGES = True
    counted = []
    for rows in (1, 3):
        path = fill(kind, rows)
        counted.append([len(statements(client, path)), len(statements(as_member, path))])
    assert counted[0] == counted[1]
    assert counted[0][0] <= READER
    assert counted[0][1] <= MEMBER
