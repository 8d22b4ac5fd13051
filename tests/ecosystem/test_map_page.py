"""The map on a page of its own: it equals its table, under every theme, with outlines and without."""

import pytest

from curation.models import Theme
from ecosystem.balance import of_country
from ecosystem.whole_map import samples_for, tones_for
from places.models import Place
from tests import factories
from tests.ecosystem import recount_sides
from tests.pages import ListPage, last_number, read
from tests.statements import MEMBER, READER, statements

pytestmark = pytest.mark.django_db


def page(client, query="", **headers):
    response = client.get(f"/map/{query}", headers=headers)
    assert response.status_code == 200
    return read(response)


def table(shown):
    """PULL, PUSH, labs, needs and offers by municipality."""
    rows = shown.by_id("municipalities").one("tbody").all("tr")
    return {row.attrs["data-place"]: [int(cell.text) for cell in row.all("td")] for row in rows}


@pytest.mark.parametrize("theme", ["", "climate"])
def test_the_map_draws_what_the_table_counts(client, denmark, theme):
    shown = page(client, f"?theme={theme}" if theme else "")
    country, chosen = of_country(), Theme.objects.filter(slug=theme).first()
    for place in Place.objects.municipalities():
        here = country.of(place.pk, chosen.pk if chosen else None)
        assert table(shown)[place.code] == [here.pull, here.push, here.labs, here.needs, here.offers]
        assert (here.pull, here.push) == recount_sides.totals(recount_sides.evidence(place.code, theme))
    (picture,) = shown.all("svg", "sk-map--national")
    symbols = [node for node in picture.all("g", "sk-sym") if node.all("path")]
    dots = [dot for group in picture.all("g", "sk-labdots") for dot in group.all("circle")]
    rows = table(shown).values()
    assert len(symbols) == sum(1 for pull, push, *_rest in rows if pull or push)
    assert len(dots) == sum(labs for _pull, _push, labs, *_rest in rows)
    named = sum(1 for pull, push, labs, *_rest in rows if pull or push or labs)
    assert f"{named} of 98" in shown.one("p", "sk-mappage__said").text.replace(" af ", " of ")


def test_each_number_leads_to_what_it_counts(client, denmark):
    shown = page(client, "?theme=climate")
    row = next(
        row for row in shown.by_id("municipalities").all("tr") if row.attrs.get("data-place") == "0751"
    )
    pull, push, *lists = [cell.all("a") for cell in row.all("td")]
    for (link,), side in ((pull, "pull"), (push, "push")):
        assert last_number(read(client.get(link.attrs["href"])).by_id(f"{side}-h").text) == int(link.text)
    for (link,) in filter(None, lists):
        assert ListPage.at(client, link.attrs["href"]).total == int(link.text)


def test_htmx_gets_what_changes_and_it_is_what_the_whole_page_has(client, denmark):
    asked = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.get("/map/?theme=climate", headers=asked)
    assert answer["HX-Push-Url"] == "/map/?theme=climate"
    part, whole = read(answer), page(client, "?theme=climate")
    assert part.by_id("map-answer").plain() == whole.by_id("map-answer").plain()
    assert part.by_id("other-language").plain() == whole.by_id("other-language").plain()
    assert part.by_id("result-count").text
    assert "main-content" not in part


def test_a_narrower_theme_means_the_one_above_it_and_an_unknown_one_all(client, denmark):
    assert table(page(client, "?theme=energy")) == table(page(client, "?theme=climate"))
    assert table(page(client, "?theme=nothing")) == table(page(client))


def test_municipalities_are_toned_by_what_they_have_where_outlines_are_imported(client, empty):
    for number, count in enumerate((0, 1, 30)):
        west, south = 9.0 + number, 56.0
        ring = [[west, south], [west + 0.3, south], [west + 0.3, south + 0.2], [west, south]]
        town = factories.place(
            f"By {number}", code=f"090{number}", longitude=west + 0.1, latitude=south + 0.1,
            outline={"type": "Polygon", "coordinates": [ring]},
        )  # fmt: skip
        for _need in range(count):
            factories.need(places=[town])
    shown = page(client)
    (picture,) = shown.all("svg", "sk-map--national")
    tones = sorted(path.attrs["class"].split("--")[-1] for path in picture.all("path", "sk-map__kom"))
    assert tones == ["none", "step1", "step4"]
    legend = shown.one("ul", "sk-mappage__tones").all("li")
    assert [item.text for item in legend][1:] == ["1–2", "3–5", "6–13", "14–30"]


def test_without_outlines_no_tone_is_spoken_of(client, denmark):
    assert not page(client).all("ul", "sk-mappage__tones")


def test_tones_and_sizes_follow_the_largest():
    assert tones_for([0, 0]) == []
    assert [(tone.since, tone.to) for tone in tones_for([1])] == [(1, 1)]
    bounds = [(tone.since, tone.to) for tone in tones_for([3, 10_000])]
    assert bounds == [(1, 10), (11, 100), (101, 1000), (1001, 10_000)]
    assert [sample.count for sample in samples_for(60)] == [1, 10, 50]
    assert [sample.count for sample in samples_for(1)] == [1]
    assert samples_for(0) == []


def test_an_empty_register_has_a_map(client, empty):
    assert not table(page(client))


def test_it_asks_a_small_and_constant_number_of_statements(client, as_member, empty, settings):
    settings.CACHE_PAGES = True
    counted = []
    for rows in (1, 3):
        for _row in range(rows):
            town = factories.place(longitude=10.2, latitude=56.15, code=str(next(factories.NUMBERS)))
            factories.link(factories.lab(places=[town], themes=[factories.theme()]), factories.actor())
        counted.append([len(statements(visitor, f"/map/?v={rows}")) for visitor in (client, as_member)])
    assert counted[0] == counted[1]
    assert counted[0][0] <= READER
    assert counted[0][1] <= MEMBER
