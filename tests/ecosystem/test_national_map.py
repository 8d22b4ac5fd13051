"""The map on the home page: it equals its table, with outlines and without."""

import re

import pytest

from ecosystem.balance import of_country
from places.models import Place
from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db


def home(client):
    response = client.get("/")
    assert response.status_code == 200
    return read(response)


@pytest.fixture
def outlines(denmark):
    """A square round each main town, as an operator might import it."""
    places = Place.objects.municipalities().order_by("pk")
    for place in places:
        west, south = place.longitude - 0.05, place.latitude - 0.03
        ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.06], [west, south]]
        place.outline = {"type": "Polygon", "coordinates": [ring]}
    Place.objects.bulk_update(places, ["outline"])


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
    blank = sum(1 for place in Place.objects.municipalities() if not of_country().of(place.pk))
    assert f"{blank} " in text


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


def test_a_lab_that_has_ended_is_a_dot_without_a_symbol(client, empty):
    town = factories.place("Silkeborg", longitude=9.55, latitude=56.17, code="0740")
    factories.lab(places=[town], ended=True)
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


def test_numbers_in_the_pictures_keep_their_decimal_point(client, denmark):
    for node in home(client).one("svg", "sk-map--national"):
        for name in ("x", "y", "cx", "cy", "r", "width", "height"):
            assert "," not in node.attrs.get(name, "")
