"""The page on which the named answer: dotted until they confirm, gone if they decline."""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from actors.models import Actor, Refusal
from actors.refusals import refused
from curation.actions import Overtaken
from curation.choices import Verb
from curation.models import Record, RecordEvent
from curation.register_version import register_version
from keeping import naming
from labs.models import Lab, Link
from tests import factories
from tests.keeping.named import field, lab, link, owner, partner, partner_person, path
from tests.pages import Node, read
from tests.post import delivered
from tests.statements import statements

__all__ = ["lab", "link", "owner", "partner", "partner_person", "path"]

pytestmark = pytest.mark.usefixtures("empty")


def test_the_page_lists_what_waits(client: Client, path: str, lab: Lab) -> None:
    page = read(client.get(path))
    assert "Stadsgården" in page.text
    assert "Nævnt som: Virksomhed" in page.text
    assert [radio.attrs["value"] for radio in page.all("input", type="radio")] == ["yes", "no", "later"]
    assert not any("checked" in radio.attrs for radio in page.all("input", type="radio"))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_programs_that_follow_links_answer_nothing(
    client: Client, path: str, link: Link, method: str
) -> None:
    getattr(client, method)(path)
    link.refresh_from_db()
    assert link.confirmed_at is None
    assert not Refusal.objects.exists()


def test_confirming_is_drawn_and_said(client: Client, path: str, lab: Lab, link: Link) -> None:
    other = factories.actor("Anden A/S", slug="anden")
    factories.link(lab, other, "push")
    page = read(client.get(lab.get_absolute_url()))
    assert dots(page) == {"Partner A/S": False, "Anden A/S": False}
    before = register_version()
    response = client.post(path, {field(lab): "yes"})
    assert (response.status_code, response["Location"]) == (302, f"{path}?saved")
    link.refresh_from_db()
    assert link.confirmed_at is not None
    page = read(client.get(lab.get_absolute_url()))
    assert dots(page) == {"Partner A/S": True, "Anden A/S": False}
    said = {row.one("a").text: row.text for row in page.by_id("coalition").one(css="sk-co").all("li")}
    assert said["Partner A/S"].endswith("bekræftet")
    assert said["Anden A/S"].endswith("kun nævnt")
    connection.check_constraints()
    assert register_version() >= before
    assert "Tak. Svarene er gemt." in client.get(f"{path}?saved").text
    assert "Der er intet, der venter på svar." in client.get(path).text


def dots(page: Node) -> dict[str, bool]:
    """The names in the ring's picture, and whether each is drawn as confirmed."""
    ring = page.one("svg", "sk-ring")
    nodes = ring.all("g")
    names = [name.text for name in ring.all("tspan", "sk-ring__name")]
    drawn = ["sk-ring__node--confirmed" in node.attrs["class"].split() for node in nodes]
    return dict(zip(names, drawn, strict=True))


def test_declining_takes_the_tie_away_and_tells_the_owner(
    client: Client, path: str, lab: Lab, partner: Actor, partner_person: User, owner: User
) -> None:
    assert Record.objects.get(pk=lab.pk).link_count == 1
    client.post(path, {field(lab): "no", "reason": "Vi har aldrig hørt om det."})
    assert not lab.links.exists()
    lab.record.refresh_from_db()
    partner.record.refresh_from_db()
    assert (lab.record.link_count, partner.record.link_count, lab.record.version) == (0, 0, 2)
    refusal = Refusal.objects.get()
    assert (refusal.record, refusal.actor, refusal.by) == (lab.record, partner, partner_person)
    assert refused(lab.record, [partner.pk, lab.pk]) == {partner.pk}
    event = RecordEvent.objects.get()
    assert (event.verb, event.by, event.organisation) == (Verb.EDITED, partner_person, partner.record)
    (mail,) = delivered(to=owner.email)
    assert mail.subject == "Partner A/S ønsker ikke at være nævnt af Stadsgården"
    assert "Vi har aldrig hørt om det." in mail.body
    assert partner.name_da not in client.get(lab.get_absolute_url()).text


def test_the_history_keeps_what_was_declined(client: Client, path: str, lab: Lab, link: Link) -> None:
    client.post(path, {field(lab): "no"})
    events = Link.pgh_event_model.objects.filter(pgh_obj_id=link.pk)  # type: ignore[attr-defined]
    assert list(events.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "update",
        "delete",
    ]


def test_a_part_once_confirmed_stays_when_another_is_declined(
    client: Client, path: str, lab: Lab, partner: Actor
) -> None:
    client.post(path, {field(lab): "yes"})
    factories.link(lab, partner, "push", role="evaluator")
    client.post(path, {field(lab): "no"})
    assert [link.role for link in lab.links.order_by("pk")] == ["company"]
    assert refused(lab.record, [partner.pk]) == set()


def test_who_holds_the_backbone_and_declines_no_longer_holds_it(
    client: Client, path: str, lab: Lab, partner: Actor
) -> None:
    Lab.objects.filter(pk=lab.pk).update(backbone=partner)
    client.post(path, {field(lab): "no"})
    lab.refresh_from_db()
    assert lab.backbone is None


def test_a_mission_is_answered_the_same_way(client: Client, path: str, partner: Actor) -> None:
    stays, goes = factories.mission("Bliver"), factories.mission("Går")
    for mission in (stays, goes):
        factories.member(mission, partner)
    answers = {f"entry-{stays.record.public_id}": "yes", f"entry-{goes.record.public_id}": "no"}
    client.post(path, answers)
    assert stays.members.get().confirmed
    assert not goes.members.exists()
    assert refused(goes.record, [partner.pk]) == {partner.pk}


@pytest.mark.parametrize("answer", ["later", ""])
def test_answering_later_changes_nothing(client: Client, path: str, lab: Lab, answer: str) -> None:
    client.post(path, {field(lab): answer})
    assert not lab.links.get().confirmed
    assert "Stadsgården" in client.get(path).text


def test_a_made_up_answer_is_refused_and_nothing_is_lost(client: Client, path: str, lab: Lab) -> None:
    page = read(client.post(path, {field(lab): "maybe", "reason": "Fordi."}))
    assert page.by_id("error-summary").links == [f"#f-{field(lab)}_0"]
    assert "Fordi." in page.text
    assert not lab.links.get().confirmed


def test_pressed_twice_it_is_answered_once(client: Client, path: str, lab: Lab, owner: User) -> None:
    for _press in range(2):
        assert client.post(path, {field(lab): "no"}).status_code == 302
    assert Refusal.objects.count() == RecordEvent.objects.count() == len(delivered(to=owner.email)) == 1


def test_of_a_yes_and_a_no_at_once_the_first_counts(lab: Lab, link: Link, partner: Actor) -> None:
    (named,) = naming.namings_of(partner)
    naming.confirm(named, by=None)
    with pytest.raises(Overtaken):
        naming.decline(partner, named, by=None)
    assert lab.links.get().confirmed
    assert not Refusal.objects.exists()


def test_only_the_first_fifty_are_shown_at_once(client: Client, path: str, partner: Actor) -> None:
    for number in range(52):
        factories.link(factories.lab(f"Lab {number}"), partner)
    page = read(client.get(path))
    assert len(page.all("fieldset")) == 50
    assert "53 poster" in page.text


def test_the_page_asks_the_same_for_one_and_three(client: Client, path: str, partner: Actor) -> None:
    one = len(statements(client, path))
    for number in range(3):
        factories.link(factories.lab(f"Lab {number}"), partner)
    assert len(statements(client, path)) == one
