"""The home page: the map equals the table, the figures equal the register, every link leads somewhere."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from curation.models import Record
from ecosystem.balance import of_country
from labs.models import Link
from places.models import Place
from tests import factories
from tests.pages import ListPage, read

pytestmark = pytest.mark.django_db


def home(client, path="/"):
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def figures(page):
    return [(int(fig.one("dd").text), fig.one("dt")) for fig in page.all("div", "sk-fig")]


@pytest.fixture
def outlines(denmark):
    """A square round each main town, as an operator might import it."""
    places = Place.objects.municipalities().order_by("pk")
    for place in places:
        west, south = place.longitude - 0.05, place.latitude - 0.03
        ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.06], [west, south]]
        place.outline = {"type": "Polygon", "coordinates": [ring]}
    Place.objects.bulk_update(places, ["outline"])


# The map and its table


def test_every_municipality_is_in_the_table_with_its_counts(client, denmark):
    country = of_country()
    expected = {
        place.get_absolute_url(): [
            country.of(place.pk).pull,
            country.of(place.pk).push,
            country.of(place.pk).labs,
        ]
        for place in Place.objects.municipalities()
    }
    body = home(client).by_id("municipalities").one("tbody")
    found = {row.one("a").attrs["href"]: [int(cell.text) for cell in row.all("td")] for row in body.all("tr")}
    assert found == expected
    assert len(found) == 98


def test_the_map_draws_what_the_table_counts(client, denmark):
    page = home(client)
    (picture,) = page.all("svg", "sk-map--national")
    rows = [
        [int(cell.text) for cell in row.all("td")]
        for row in page.by_id("municipalities").one("tbody").all("tr")
    ]
    symbols = [node for node in picture.all("g", "sk-sym") if node.all("path")]
    dots = [dot for group in picture.all("g", "sk-labdots") for dot in group.all("circle")]
    assert len(symbols) == sum(1 for pull, push, _labs in rows if pull or push)
    assert len(dots) == sum(labs for _pull, _push, labs in rows)


def test_the_map_is_one_picture_that_says_where_its_figures_are(client, denmark):
    (picture,) = home(client).all("svg", "sk-map--national")
    assert picture.attrs["role"] == "img"
    title, text = (picture.by_id(name).text for name in picture.attrs["aria-labelledby"].split())
    assert title
    assert "58" in text


def test_a_phone_sees_four_names_and_a_screen_about_a_dozen(client, denmark):
    labels = home(client).all("text", "sk-map__label")
    large = [label.text for label in labels if "sk-map__label--minor" not in label.attrs["class"]]
    assert sorted(large) == ["Aalborg", "Aarhus", "København", "Odense"]
    assert 8 <= len(labels) <= 14


def test_symbols_do_not_lie_on_each_other(client, denmark):
    (picture,) = home(client).all("svg", "sk-map--national")
    sheets = [picture, *picture.all("svg", "sk-map__inset")]
    for sheet in sheets[1:]:
        assert circles(sheet)
        assert apart(circles(sheet))
    inset = {id(node) for sheet in sheets[1:] for node in sheet}
    assert apart(
        [c for c, node in zip(circles(picture), groups(picture), strict=True) if id(node) not in inset]
    )


def groups(sheet):
    return [g for g in sheet.all("g") if g.attrs.get("transform") and g.all("path")]


def circles(sheet):
    """Centre and radius of each symbol."""
    found = []
    for group in groups(sheet):
        x, y = map(float, re.findall(r"-?[\d.]+", group.attrs["transform"]))
        radius = max(float(re.search(r"a([\d.]+)", path.attrs["d"])[1]) for path in group.all("path"))
        found.append((x, y, radius))
    return found


def apart(circles):
    return all(
        (x - a) ** 2 + (y - b) ** 2 >= (r + s) ** 2
        for n, (x, y, r) in enumerate(circles)
        for a, b, s in circles[n + 1 :]
    )


def test_with_outlines_municipalities_without_anything_are_dark(client, outlines):
    page = home(client)
    (picture,) = page.all("svg", "sk-map--national")
    assert picture.all("path", "sk-map__kom--none")
    assert page.all("rect", "sk-map__kom--none")


def test_without_outlines_nothing_speaks_of_dark_municipalities(client, denmark):
    assert not home(client).all(css="sk-map__kom--none")


def test_a_new_outline_is_drawn_at_once(client, outlines):
    before = home(client).one("svg", "sk-map--national").all("path", "sk-map__kom")
    place = Place.objects.municipalities().order_by("pk").first()
    place.outline["coordinates"][0][1][0] += 0.2
    place.save()
    after = home(client).one("svg", "sk-map--national").all("path", "sk-map__kom")
    assert {path.attrs["d"] for path in before} != {path.attrs["d"] for path in after}


def test_a_lab_without_links_is_a_dot_without_a_symbol(client, empty):
    town = factories.place("Silkeborg", longitude=9.55, latitude=56.17, code="0740")
    factories.lab(places=[town])
    (picture,) = home(client).all("svg", "sk-map--national")
    assert len(picture.one("g", "sk-labdots").all("circle")) == 1
    assert not picture.all(css="sk-pull") + picture.all(css="sk-push") + picture.all(css="sk-none")


def test_very_many_labs_are_one_dot_with_a_number(client, empty):
    town = factories.place("Aarhus", longitude=10.2, latitude=56.15, code="0751")
    for _number in range(13):
        factories.lab(places=[town])
    (picture,) = home(client).all("svg", "sk-map--national")
    assert len(picture.one("g", "sk-labdots").all("circle")) == 1
    assert "13" in picture.text


# The figures


def test_the_figures_are_those_of_the_register(client, denmark):
    labs = Record.objects.published().of_kind("lab")
    numbers = [number for number, _text in figures(home(client))]
    assert numbers == [
        labs.count(),
        labs.filter(phase="running").count(),
        of_country().links,
        labs.filter(ended=False).exclude(pk__in=with_push()).count(),
        sum(1 for place in Place.objects.municipalities() if not of_country().of(place.pk)),
        0,
    ]
    assert numbers[:3] == [55, 14, 256]


def with_push():
    return (
        Link.objects.filter(actor__record__state="published")
        .exclude(side="pull")
        .values_list("lab", flat=True)
    )


def test_a_figure_leads_to_a_list_of_just_as_many(client, denmark):
    shown = figures(home(client))
    for number, text in shown[:2] + shown[3:4]:
        assert ListPage.at(client, text.links[0]).total == number
    assert ListPage.at(client, shown[1][1].links[1]).total == 31


def test_what_is_claimed_is_counted_against_all(client, empty):
    factories.lab(claimed_at=timezone.now())
    factories.lab()
    number, text = figures(home(client))[5]
    assert number == 1
    assert re.search(r"\b2\b", text.text)


# The ways in and what is new


def test_every_link_of_the_page_leads_to_a_page(client, denmark):
    main = home(client).one("main")
    for link in sorted({urlsplit(link)._replace(fragment="").geturl() for link in main.links} - {""}):
        assert client.get(link).status_code == 200, link


def test_the_search_box_asks_the_search_page(client, empty):
    form = home(client).one("form", "sk-search")
    assert (form.attrs["action"], form.attrs["method"]) == ("/search/", "get")
    assert form.one("input").attrs["name"] == "q"


def test_the_newest_come_first_and_drafts_never(client, empty):
    now = timezone.now()
    for days, name in enumerate(["I dag", "I går", "Før", "Længe siden", "For gammel"]):
        factories.lab(name, published_at=now - timedelta(days=days))
    factories.lab("Kladde", state="draft")
    page = home(client)
    assert [heading.text for heading in page.one("ol", "sk-news").all("h3")] == [
        "I dag", "I går", "Før", "Længe siden",
    ]  # fmt: skip
    assert "Kladde" not in page.text


def test_an_english_page_says_which_texts_are_danish(client, empty):
    factories.lab("Værkstedet", summary_da="Kun på dansk.")
    factories.mission("Mission", name_en="A mission", summary_da="På dansk.", summary_en="In English.")
    news = home(client, "/en/").one("ol", "sk-news")
    said = {node.text: node.attrs.get("lang") for node in [*news.all("p"), *news.all("a")]}
    assert said["Kun på dansk."] == said["Værkstedet"] == "da"
    assert said["In English."] is said["A mission"] is None


def test_an_empty_register_has_a_page(client, empty):
    page = home(client)
    assert not page.all("ol", "sk-news")
    assert [number for number, _text in figures(page)] == [0] * 6


# The page itself


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_nothing_is_inline(client, denmark, path):
    html = client.get(path).text
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=", html)


@pytest.mark.parametrize("labs", [1, 3])
def test_the_statements_do_not_grow(client, empty, labs, django_assert_num_queries):
    town = factories.place("Aarhus", longitude=10.2, latitude=56.15, code="0751")
    for _number in range(labs):
        factories.link(factories.lab(places=[town]), factories.actor(places=[town]), "both")
    home(client)
    with django_assert_num_queries(4):
        home(client)


def test_numbers_in_the_pictures_keep_their_decimal_point(client, denmark):
    for node in home(client).one("svg", "sk-map--national"):
        for name in ("x", "y", "cx", "cy", "r", "width", "height"):
            assert "," not in node.attrs.get(name, "")
