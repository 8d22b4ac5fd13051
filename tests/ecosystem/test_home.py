"""The home page: the figures equal the register, every link leads somewhere."""

import re
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db.models import Q
from django.utils import timezone

from curation.models import Record
from ecosystem.balance import of_country
from labs.models import Link
from places.models import Place
from tests import factories
from tests.ecosystem import recount, recount_sides
from tests.pages import ListPage, read

pytestmark = pytest.mark.django_db

COUNTED = ("mission", "need", "offer", "trial", "solution")


def home(client, path="/"):
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def figures(page):
    return [(int(fig.one("dd").text), fig.one("dt")) for fig in page.all("div", "sk-fig")]


# The figures


def test_the_figures_are_those_of_the_register(client, denmark):
    labs = Record.objects.published().of_kind("lab")
    numbers = [number for number, _text in figures(home(client))]
    country = of_country()
    assert numbers == [
        labs.count(),
        labs.filter(phase="running").count(),
        *(Record.objects.published().of_kind(kind).count() for kind in COUNTED),
        country.links,
        labs.filter(ended=False).exclude(pk__in=with_push()).count(),
        sum(1 for place in Place.objects.municipalities() if not country.of(place.pk)),
        0,
    ]
    recounted = [len(recount.KINDS[kind]()) for kind in COUNTED]
    assert numbers[:8] == [len(recount.labs()), 14, *recounted, len(recount_sides.ties())]


def with_push():
    either = Q(actor__record__state="published") | Q(offer__record__state="published")
    return Link.objects.filter(either).exclude(side="pull").values_list("lab", flat=True)


def test_a_figure_leads_to_a_list_of_just_as_many(client, denmark):
    shown = figures(home(client))
    for number, text in [*shown[:7], shown[8]]:
        assert ListPage.at(client, text.links[0]).total == number
    assert ListPage.at(client, shown[1][1].links[1]).total == 31


@pytest.mark.parametrize(
    ("number", "entries"), [(3, recount.needs), (4, recount.offers)], ids=["needs", "offers"]
)
def test_of_needs_and_offers_it_says_what_stands_open_what_is_not_known_and_what_is_over(
    client, denmark, number, entries
):
    text = figures(home(client))[number][1]
    said = [int(figure) for figure in re.findall(r"\d+", text.text)]
    phases = Counter("over" if entry.ended else min(entry.filed["phase"]) for entry in entries())
    assert said == [phases["open"], phases["unknown"], phases["over"]]
    assert [ListPage.at(client, link).total for link in text.links[1:]] == said


def test_of_solutions_it_says_how_many_are_in_use_of_documented_value_and_spread(client, denmark):
    number, text = figures(home(client))[6]
    said = [int(figure) for figure in re.findall(r"\d+", text.text)]
    phases = Counter(min(entry.filed["phase"]) for entry in recount.solutions())
    used = sum(phases[stage] for stage in ("in_use", "documented", "spread"))
    assert said == [used, phases["documented"], phases["spread"]]
    assert [ListPage.at(client, link).total for link in text.links] == [number, *said]


def test_of_trials_it_says_how_many_are_over(client, denmark):
    number, text = figures(home(client))[5]
    over = sum(entry.ended for entry in recount.trials())
    assert (number, [int(figure) for figure in re.findall(r"\d+", text.text)]) == (32, [over])
    assert ListPage.at(client, text.links[1]).total == over


def test_what_is_claimed_is_counted_against_all(client, empty):
    factories.lab(claimed_at=timezone.now())
    factories.lab()
    number, text = figures(home(client))[10]
    assert number == 1
    assert re.search(r"\b2\b", text.text)


# The ways in and what is new


def test_every_link_of_the_page_leads_to_a_page(client, denmark):
    main = home(client).one("main")
    links = {urlsplit(link)._replace(fragment="").geturl() for link in main.links} - {""}
    places = sorted(link for link in links if link.startswith("/places/0"))
    for link in [*sorted(links - set(places)), *places[::8]]:
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
    assert [number for number, _text in figures(page)] == [0] * 11


# The page itself


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_nothing_is_inline(client, denmark, path):
    html = client.get(path).text
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*(?:\bsrc=|ld\+json))|\son\w+=", html)


@pytest.mark.parametrize("labs", [1, 3])
def test_the_statements_do_not_grow(client, empty, labs, django_assert_num_queries):
    town = factories.place("Aarhus", longitude=10.2, latitude=56.15, code="0751")
    for _number in range(labs):
        factories.link(factories.lab(places=[town]), factories.actor(places=[town]), "both")
    home(client)
    with django_assert_num_queries(4):
        home(client)
