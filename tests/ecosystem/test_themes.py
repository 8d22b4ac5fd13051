"""Themes: all of them with their counts, and one across the country."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.ecosystem import recount, recount_sides
from tests.pages import last_number, read
from tests.statements import MEMBER, READER, statements

COUNTED = {
    "needs": recount.needs,
    "labs": recount.labs,
    "missions": recount.missions,
    "offers": recount.offers,
    "trials": recount.trials,
    "solutions": recount.solutions,
    "actors": recount.actors,
}


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_theme_with_its_counts(client: Client, prefix: str) -> None:
    page = read(client.get(f"{prefix}/themes/"))
    themes = recount.rows("themes.csv")
    links = page.one("main").links
    assert {f"{prefix}/themes/{row['slug']}/" for row in themes} <= set(links)
    tops = page.all("li", "sk-themelist__i")
    assert len(tops) == sum(not row["parent"] for row in themes) == 14
    for item in tops:
        for link in item.one("p", "sk-intro").all("a"):
            path, slug = link.attrs["href"].split("?theme=")
            entries = COUNTED[path.strip("/").removeprefix("en/")]()
            assert int(link.text.split()[0]) == sum(slug in entry.filed["theme"] for entry in entries)


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("slug", ["climate", "energy", "smart-city", "stress"])
def test_a_theme_counts_what_pulls_and_what_pushes(client: Client, slug: str) -> None:
    page = read(client.get(f"/themes/{slug}/")).one("main")
    lead = page.one("p", "sk-lead")
    counts = {
        link.attrs["href"].strip("/").split("/")[0]: int(link.text.split()[0]) for link in lead.all("a")
    }
    assert counts == {
        kind: sum(slug in entry.filed["theme"] for entry in entries()) for kind, entries in COUNTED.items()
    }
    links = page.one(css="sk-bigsym").all("a")
    assert [last_number(link.text) for link in links] == list(
        recount_sides.totals(recount_sides.evidence("DK", slug))
    )
    counted = read(client.get(links[0].attrs["href"]))
    for link, side in zip(links, ("pull", "push"), strict=True):
        assert last_number(counted.by_id(f"{side}-h").text) == last_number(link.text)
    for kind, entries in COUNTED.items():
        about = {entry.name for entry in entries() if slug in entry.filed["theme"]}
        named = {heading.text for heading in page.by_id(kind).all("h3")}
        assert named <= about
        assert len(named) == min(len(about), 6)


@pytest.mark.usefixtures("empty")
def test_a_theme_without_anything_leads_on(client: Client) -> None:
    theme = factories.theme("Stilhed")
    boxes = read(client.get(theme.get_absolute_url())).all(css="sk-empty")
    assert len(boxes) == 7
    assert all(box.links for box in boxes)


@pytest.mark.usefixtures("empty")
def test_themes_ask_a_constant_number_of_statements(client: Client, as_member: Client, settings: Any) -> None:
    settings.CACHE_PAGES = True
    top = factories.theme("Klima")
    counted = []
    for rows in (1, 3):
        for _row in range(rows):
            theme = factories.theme(parent=top)
            factories.link(factories.lab(themes=[theme]), factories.actor())
            for make in (factories.mission, factories.need, factories.offer):
                make(themes=[theme])
        paths = (f"/themes/?v={rows}", f"/themes/klima/?v={rows}")
        counted.append([len(statements(visitor, path)) for path in paths for visitor in (client, as_member)])
    assert counted[0] == counted[1]
    assert all(number <= limit for number, limit in zip(counted[0], (READER, MEMBER) * 2, strict=True))
