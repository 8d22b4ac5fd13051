"""The strict world of the tests is strict: each of its rules catches what it is there for."""

import socket

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from curation.models import Record, Theme
from tests import factories


def _writes(request: HttpRequest) -> HttpResponse:
    Theme.objects.create(slug="written", name_da="x", name_en="x")
    return HttpResponse("written")


_writes.login_required = False  # type: ignore[attr-defined]


class Urls:
    urlpatterns = [path("writes", _writes)]


@override_settings(ROOT_URLCONF=Urls)
@pytest.mark.usefixtures("empty")
def test_a_get_that_writes_fails() -> None:
    assert Client().post("/writes").content == b"written"
    with pytest.raises(AssertionError, match="A GET writes"):
        Client().get("/writes")


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ nobody.name }}", "{% with a=nobody %}{{ a }}{% endwith %}"]
)
def test_a_variable_nobody_gave_fails(text: str) -> None:
    with pytest.raises(AssertionError, match="nobody has given"):
        engines["django"].from_string(text).render({})


@pytest.mark.parametrize("text", ["{{ nobody|default:'' }}", "{% if nobody %}{{ nobody }}{% endif %}"])
def test_asking_whether_it_is_there_does_not(text: str) -> None:
    assert engines["django"].from_string(text).render({}) == ""


def test_the_rest_of_the_world_cannot_be_reached() -> None:
    with socket.socket() as outside, pytest.raises(AssertionError, match="wants to contact"):
        outside.connect(("203.0.113.1", 80))


@pytest.mark.usefixtures("empty")
def test_rows_without_an_order_are_shuffled() -> None:
    for _number in range(20):
        factories.record()
    orders = {tuple(Record.objects.order_by().values_list("pk", flat=True)) for _turn in range(5)}
    assert len(orders) > 1
    assert len({tuple(Record.objects.order_by("pk").values_list("pk", flat=True)) for _turn in range(5)}) == 1
