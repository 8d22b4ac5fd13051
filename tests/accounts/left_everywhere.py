"""Somebody who has left rows in every table that can hold a word about a person."""

import json
from typing import Any

import pghistory
import pytest
from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from actors.models import Claim, Enquiry, EnquiryMessage, Invitation, Refusal
from curation.choices import Verb
from curation.models import (
    Asking,
    Draft,
    Kept,
    RecordEvent,
    SearchMiss,
    Shortlist,
    Suggestion,
    Synonyms,
    WeeklyLetter,
)
from desk.models import Batch, BatchRow
from labs.models import Sheet, StatementAnswer, Value
from mail.models import Message
from tests import factories
from tests.people import address, browser, person

CANARY = "kanariefugl"
EMAIL, OTHER = f"{CANARY}@example.org", f"privat.{CANARY}@example.com"
NAME = "Karla Kanariefugl"
PASSWORD = "correct horse battery"


@pytest.fixture
def canary(empty: None, admin: User) -> User:
    """Somebody who has left rows everywhere."""
    somebody = person(EMAIL, name=NAME, password=PASSWORD, is_curator=True)
    _in_the_account(somebody)
    _in_the_register(somebody, admin)
    _in_organisations(somebody, admin)
    _in_enquiries(somebody, admin)
    _in_labs(somebody)
    _at_the_desk(somebody, admin)
    return somebody


def _at_the_desk(somebody: User, admin: User) -> None:
    """A file they handed in, and one of somebody else in which they are named."""
    file: dict[str, Any] = {"kind": "lab", "digest": "0" * 64, "size": 9}
    own = Batch.objects.create(**file, file_name=f"{NAME}.csv", source=f"Spurgt {EMAIL}", by=somebody)
    BatchRow.objects.create(
        batch=own, number=2, cells=[EMAIL, f"Lab af {NAME}"], mended={"contact_email": OTHER},
        words={"contact_email": [OTHER]}, problems={"owner": [f"“{EMAIL}” findes ikke."]},
    )  # fmt: skip
    other = Batch.objects.create(**file, file_name="liste.csv", by=admin)
    BatchRow.objects.create(
        batch=other, number=2, cells=[EMAIL], changes={"contact_email": {"from": EMAIL, "to": ""}},
        before={"record": {"contact_email": EMAIL}},
    )  # fmt: skip


def _in_labs(somebody: User) -> None:
    """Told for an organisation, and answered for a lab, in words that name the person."""
    adoption = factories.adoption(
        factories.solution("Nattesensor"), factories.actor("Viborg"), made_by=somebody,
        bent=f"Spørg {NAME}.", heard_named=EMAIL,
    )  # fmt: skip
    Value.objects.create(adoption=adoption, kind="quality", evidence="felt", said=f"Siger {NAME}")
    run = factories.assessment(factories.lab("Spejl"), begun_by=somebody)
    sheet = Sheet.objects.create(assessment=run, half="lab", by=somebody, post=f"{CANARY}chef")
    StatementAnswer.objects.create(sheet=sheet, statement=1, score=3, evidence=f"Notat af {NAME}")
    Sheet.objects.filter(pk=sheet.pk).update(finished_at=timezone.now())


def _in_enquiries(somebody: User, admin: User) -> None:
    """Sent, sent before there was an account, not confirmed yet; and one answered for an organisation."""
    record, now = factories.lab("Nærlab").record, timezone.now()
    sent: dict[str, Any] = {"record": record, "state": "sent", "sent_at": now, "answer_by": now.date()}
    names = {"sender_name": NAME, "sender_organisation": f"{CANARY} I/S"}
    for by, email in ((somebody, ""), (None, OTHER.upper())):
        enquiry = Enquiry.objects.create(**sent, **names, sender=by, sender_email=email)
        EnquiryMessage.objects.create(enquiry=enquiry, by=by, text=f"Mit {CANARY}-projekt")
        EnquiryMessage.objects.create(enquiry=enquiry, by_owner=True, by=admin, text=f"Kære {NAME}! Ja.")
    waits = Enquiry.objects.create(record=record, sender_email=EMAIL, **names)
    EnquiryMessage.objects.create(enquiry=waits, text="Ubekræftet")
    received = Enquiry.objects.create(**sent, sender_name="Bo", sender_email="bo@example.org")
    EnquiryMessage.objects.create(enquiry=received, text="Et andet projekt")
    EnquiryMessage.objects.create(enquiry=received, by_owner=True, by=somebody, text=f"Ja. Hilsen {NAME}")


def _in_the_account(somebody: User) -> None:
    second = address(somebody, OTHER, verified=False)
    EmailConfirmation.objects.create(email_address=second, key="k")
    account = SocialAccount.objects.create(
        user=somebody, provider="house", uid="u1", extra_data={"name": NAME, "email": EMAIL}
    )
    SocialToken.objects.create(account=account, token=CANARY)
    Authenticator.objects.create(user=somebody, type="totp", data={"secret": CANARY})
    browser(somebody)
    UserSession.objects.create(
        user=somebody, ip="127.0.0.1", session_key="s", user_agent=f"Firefox of {CANARY}"
    )
    stranger = SessionStore()
    stranger["account_login"] = {"email": EMAIL.upper()}
    stranger.save()
    LogEntry.objects.create(
        user_id=somebody.pk, content_type=ContentType.objects.get_for_model(User), object_id=str(somebody.pk),
        object_repr=NAME, action_flag=CHANGE, change_message=json.dumps([{"added": {"object": EMAIL}}]),
    )  # fmt: skip
    for template in ("labs/published", "accounts/account"):
        Message.objects.create(to=EMAIL, language="da", template=template, subject="S", text=f"Kære {NAME}")
    Message.objects.create(
        to="bo@example.org",
        language="da",
        template="actors/invited",
        subject="Invitation",
        text=f"Skriv til {EMAIL}.",
    )
    Message.objects.create(to=OTHER, language="da", template="accounts/account", subject="S", text="T")


def _in_the_register(somebody: User, admin: User) -> None:
    with pghistory.context(user=somebody.pk, url=f"/answer/{CANARY}/", ip="10.0.0.1", source=CANARY):
        lab = factories.lab(
            "Plejelab", created_by=somebody, contact_email=EMAIL, decision=f"Ring til {NAME}."
        )
        lab.name_da = "Plejelaboratoriet"
        lab.save()
    Draft.objects.create(kind="lab", user=somebody, typed={"what": {"name_da": [CANARY]}})
    Draft.objects.create(kind="lab", user=somebody, record=lab.record, typed={"who": {"email": [EMAIL]}})
    said = {"record": lab.record, "base_version": 1, "changes": {"name_da": {"from": ["A"], "to": ["B"]}}}
    contact = {"contact_email": {"from": [""], "to": [EMAIL]}, "about": {"to": [f"Ring\n{NAME}"], "n": 1}}
    Suggestion.objects.create(
        **said | {"changes": contact}, by=somebody, reply_to=EMAIL, reason=f"Spørg {NAME}, {EMAIL}."
    )
    Suggestion.objects.create(
        **said, reply_to=OTHER, outcome="declined", decided_at=timezone.now(), decided_by=admin,
        answer=f"Kære {NAME}! Nej.",
    )  # fmt: skip
    Asking.objects.create(
        record=lab.record, fact="details", answer="still", answered_at=timezone.now(), answered_by=somebody
    )
    settled = {"settled_by": somebody, "settled_at": timezone.now()}
    SearchMiss.objects.create(words=f"lab {EMAIL}", settled_with=f"Spurgt {NAME}.", **settled)
    Synonyms.objects.create(words=["a", "b"], source=f"Fra {NAME}", changed_by=somebody)
    RecordEvent.objects.create(
        record=lab.record, verb=Verb.RETURNED, by=somebody, reason=f"Skriv til {EMAIL}.", version=1
    )
    factories.stewardship(somebody, factories.place("Aarhus"))
    factories.absence(somebody, admin)
    factories.absence(admin, somebody)
    WeeklyLetter.objects.create(user=somebody)
    shortlist = Shortlist.objects.create(user=somebody)
    Kept.objects.create(shortlist=shortlist, record=lab.record, note=f"Spørg {CANARY}.")


def _in_organisations(somebody: User, admin: User) -> None:
    actor = factories.actor("Aarhus Kommune")
    lab = factories.lab("Havnelab")
    factories.membership(somebody, actor, role="owner")
    Invitation.objects.create(actor=actor, email=EMAIL.upper(), role="editor", digest="1", invited_by=admin)
    Invitation.objects.create(
        actor=actor, email="ny@example.org", role="editor", digest="2", invited_by=somebody
    )
    Claim.objects.create(record=lab.record, user=somebody, actor=actor, why=f"Jeg, {NAME}, leder det.")
    Refusal.objects.create(record=lab.record, actor=actor, by=somebody, reason=f"Hilsen {NAME}")
