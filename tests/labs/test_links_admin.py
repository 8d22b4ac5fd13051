"""The administration's forms of labs, needs and offers, with what is tied to them."""

import pytest
from django.test import Client

from accounts.models import User
from curation.models import Record
from tests import factories
from tests.keeping.forms import form_of
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def as_admin(admin: User) -> Client:
    return browser(admin)


def test_a_tie_made_there_is_counted_at_both_ends(as_admin: Client) -> None:
    lab, need, offer = factories.lab(), factories.need(), factories.offer()
    page = read(as_admin.get(f"/admin/labs/lab/{lab.pk}/change/"))
    sent = form_of(page) | {
        "links-TOTAL_FORMS": "2", "links-0-lab": lab.pk, "links-0-need": need.pk, "links-0-side": "pull",
        "links-1-lab": lab.pk, "links-1-offer": offer.pk, "links-1-side": "push",
    }  # fmt: skip
    answer = as_admin.post(f"/admin/labs/lab/{lab.pk}/change/", sent)
    assert answer.status_code == 302, read(answer).text
    counted = dict(Record.objects.values_list("pk", "link_count"))
    assert counted == {lab.pk: 2, need.pk: 1, offer.pk: 1}


def test_an_answer_made_there_is_counted_at_both_ends(as_admin: Client) -> None:
    need, offer = factories.need(), factories.offer()
    path = f"/admin/missions/need/{need.pk}/change/"
    sent = form_of(read(as_admin.get(path))) | {
        "responses-TOTAL_FORMS": "1", "responses-0-need": need.pk, "responses-0-offer": offer.pk,
    }  # fmt: skip
    assert as_admin.post(path, sent).status_code == 302
    assert dict(Record.objects.values_list("pk", "link_count")) == {need.pk: 1, offer.pk: 1}
    assert as_admin.get(f"/admin/actors/offer/{offer.pk}/change/").status_code == 200
