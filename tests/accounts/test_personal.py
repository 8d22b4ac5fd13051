"""A person's data: handed out whole, and erased without a trace in any table."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override
from pghistory.models import Context

from accounts import personal
from accounts.models import User
from actors.models import Claim, Enquiry, EnquiryMessage, Invitation, Membership
from curation.choices import Verb
from curation.models import Draft, Record, RecordEvent, Stewardship, Suggestion
from labs.models import Adoption, Assessment, Sheet, StatementAnswer
from mail import outbox
from mail.models import Message
from tests import factories
from tests.accounts.left_everywhere import CANARY, EMAIL, NAME, OTHER, canary
from tests.people import browser, person

__all__ = ["canary"]


def _traces(word: str) -> list[str]:
    """Every table and column that holds the word, in whatever type that can hold a text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type NOT IN"
            " ('integer', 'bigint', 'smallint', 'boolean', 'date', 'timestamp with time zone')"
        )
        return [
            f"{table}.{column}" for table, column in cursor.fetchall() if _holds(cursor, table, column, word)
        ]


def _holds(cursor: object, table: str, column: str, word: str) -> bool:
    cursor.execute(  # type: ignore[attr-defined]
        f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s)',  # noqa: S608
        [f"%{word}%"],
    )
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _sessions() -> Iterator[str]:
    """Sessions are written in a way no search in the table reads."""
    for session in Session.objects.order_by("pk"):
        yield json.dumps(session.get_decoded(), default=str).casefold()


def test_the_canary_sings_everywhere_before(canary: User) -> None:
    tables = {trace.split(".")[0] for trace in _traces(CANARY)}
    assert tables >= {
        "accounts_user", "account_emailaddress", "socialaccount_socialaccount", "socialaccount_socialtoken",
        "mfa_authenticator", "usersessions_usersession", "django_admin_log", "mail_message",
        "pghistory_context", "curation_draft", "curation_suggestion", "curation_record", "actors_claim",
        "curation_recordevent", "curation_kept", "actors_invitation", "actors_refusal", "actors_enquiry",
        "actors_enquirymessage", "labs_adoption", "labs_adoptionevent", "labs_value", "labs_valueevent",
        "labs_sheet", "labs_statementanswer", "desk_batch", "desk_batchrow",
    }  # fmt: skip
    assert any(CANARY in text for text in _sessions())


def test_erased_without_a_trace_in_any_table(canary: User) -> None:
    personal.erase(canary)
    assert _traces(CANARY) == []
    assert not any(CANARY in text or f'"{canary.pk}"' in text for text in _sessions())


def test_what_they_did_stays_by_a_former_user(canary: User) -> None:
    personal.erase(canary)
    event = RecordEvent.objects.get(by=canary)
    assert (event.reason, event.verb) == ("Skriv til ….", Verb.RETURNED)
    suggestion = Suggestion.objects.get(by=canary)
    assert suggestion.reason == "Spørg …, …."
    assert suggestion.changes == {
        "contact_email": {"from": [""], "to": ["…"]},
        "about": {"to": ["Ring\n…"], "n": 1},
    }
    assert Message.objects.get(to="bo@example.org").text == "Skriv til …."
    assert Record.objects.get(slug="plejelab").decision == "Ring til …."
    assert LogEntry.objects.get(user_id=canary.pk).object_repr == "…"
    assert Context.objects.filter(metadata={"user": canary.pk}).exists()
    with override("en"):
        assert str(User.objects.get(pk=canary.pk)) == "former user"


def test_what_was_told_for_others_stays_without_the_name(canary: User) -> None:
    assert Assessment.objects.get().begun_by == canary
    personal.erase(canary)
    adoption = Adoption.objects.get()
    assert (adoption.bent, adoption.heard_named, adoption.made_by) == ("Spørg ….", "…", canary)
    assert adoption.values.get().said == "Siger …"
    assert Sheet.objects.get().post == ""
    assert StatementAnswer.objects.get().evidence == "Notat af …"


def test_of_enquiries_their_own_words_go_and_those_of_others_stay(canary: User) -> None:
    personal.erase(canary)
    messages = EnquiryMessage.objects.order_by("pk").values_list("text", flat=True)
    assert list(messages) == ["…", "Kære …! Ja."] * 2 + ["Et andet projekt", "Ja. Hilsen …"]
    states = Enquiry.objects.order_by("pk").values_list("state", "sender_name", "sender_email")
    assert list(states) == [("closed", "", ""), ("closed", "", ""), ("sent", "Bo", "bo@example.org")]


def test_the_account_is_closed_for_ever(canary: User) -> None:
    personal.erase(canary)
    closed = User.objects.get(pk=canary.pk)
    assert closed.email.endswith("@erased.invalid")
    rights = [closed.is_active, closed.is_curator, closed.is_staff, closed.is_superuser]
    assert not any(rights)
    assert not closed.has_usable_password()
    assert closed.erased_at is not None
    assert canary.erased_at == closed.erased_at


def test_rights_end_and_claims_are_taken_back(canary: User) -> None:
    personal.erase(canary)
    assert Membership.objects.get(user=canary).until is not None
    assert Stewardship.objects.get(user=canary).until is not None
    assert Claim.objects.get(user=canary).granted is False
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    assert not Draft.objects.exists()
    assert Record.objects.filter(slug="plejelab", state="published").exists()


def test_others_keep_what_is_theirs(canary: User) -> None:
    personal.erase(person("bo@example.org", name="Bo"))
    assert Draft.objects.filter(user=canary).count() == 2
    assert Message.objects.filter(to=EMAIL).exclude(text="").exists()
    assert Membership.objects.filter(user=canary, until=None).exists()
    assert CANARY in " ".join(_sessions())


def test_a_name_takes_no_words_from_the_history_of_others(canary: User, admin: User) -> None:
    """Somebody may call themselves anything before they go."""
    said = RecordEvent.objects.create(
        record=factories.lab().record, verb=Verb.RETURNED, by=admin, reason="En kilde mangler.", version=1
    )
    personal.erase(person(name="kilde"))
    said.refresh_from_db()
    assert said.reason == "En kilde mangler."


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Bo", "Bo", "…"),
        ("Bo", "Bo – Aarhus Kommune", "… – Aarhus Kommune"),
        ("Bo", "Bornholm", "Bornholm"),
        ("Bo", "Lad Bo", "Lad Bo"),
        ("Åse", "Åse – Ærø", "… – Ærø"),
        ("", "bo@example.org", "…"),
    ],
)
def test_the_administrations_log_forgets_the_name_of_the_row(
    admin: User, name: str, before: str, after: str
) -> None:
    changes = json.dumps([{"added": {"name": "membership", "object": before}}])
    entry = LogEntry.objects.create(
        user_id=admin.pk, object_repr=before, action_flag=CHANGE, change_message=changes
    )
    personal.erase(person("bo@example.org", name=name))
    entry.refresh_from_db()
    assert entry.object_repr == after
    assert json.loads(entry.change_message)[0]["added"]["object"] == after


def test_nothing_is_sent_and_nothing_waiting_arrives(canary: User) -> None:
    outbox.send("accounts/account", to=EMAIL, language="da", context={"subject": "S", "text": "T"})
    before = Message.objects.count()
    personal.erase(canary)
    assert Message.objects.count() == before
    assert list(Message.objects.exclude(to="", subject="", text="").values_list("to")) == [
        ("bo@example.org",)
    ]


def test_erasing_twice_changes_nothing(canary: User) -> None:
    personal.erase(canary)
    once = User.objects.values().get(pk=canary.pk)
    personal.erase(canary)
    assert User.objects.values().get(pk=canary.pk) == once


def test_a_part_that_fails_undoes_all(canary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(user: User) -> None:
        raise RuntimeError

    monkeypatch.setattr(personal, "_parts", dict(personal._parts))
    personal.register("broken", lambda user: {}, fail)
    with pytest.raises(RuntimeError):
        personal.erase(canary)
    assert User.objects.get(pk=canary.pk).name == NAME
    assert Draft.objects.filter(user=canary).exists()


def test_the_export_holds_all_of_it(canary: User) -> None:
    kept = personal.export(canary)
    assert list(kept)[-1] == "accounts"
    assert {"curation", "actors", "labs"} <= kept.keys()
    assert kept["labs"]["labs.adoption"][0]["adopter"] == "Viborg"
    assert kept["labs"]["labs.sheet"][0]["post"] == f"{CANARY}chef"
    assert len(kept["labs"]) == 5
    assert [row["source"] for row in kept["desk"]["desk.batch"]] == [f"Spurgt {EMAIL}"]
    account = kept["accounts"]
    assert account["accounts.user"][0]["email"] == EMAIL
    assert [row["email"] for row in account["account.emailaddress"]] == [EMAIL, OTHER]
    assert account["socialaccount.socialaccount"][0]["extra_data"] == {"name": NAME, "email": EMAIL}
    assert kept["actors"]["actors.membership"][0]["actor"] == "Aarhus Kommune"
    assert [row["email"] for row in kept["actors"]["actors.invitation"]] == [EMAIL.upper()]
    assert kept["curation"]["curation.draft"][1]["typed"] or kept["curation"]["curation.draft"][0]["typed"]
    assert kept["curation"]["curation.suggestion"][0]["reason"].startswith("Spørg")
    enquiries = kept["actors"]["actors.enquiry"]
    assert {row["sender_email"] for row in enquiries} == {"", EMAIL, OTHER.upper()}
    written = {row["text"] for row in kept["actors"]["actors.enquirymessage"]}
    assert written == {f"Mit {CANARY}-projekt", "Ubekræftet", f"Ja. Hilsen {NAME}"}
    assert json.loads(json.dumps(kept)) == kept


def test_the_export_tells_no_secret(canary: User) -> None:
    """What opens the account is not told: password, second factor, tokens, session keys."""
    text = json.dumps(personal.export(canary))
    assert canary.password not in text
    assert '"secret"' not in text
    assert "session_key" not in text
    assert "digest" not in text


def test_commands_print_and_erase(canary: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("export_person", EMAIL.upper())
    assert json.loads(capsys.readouterr().out)["accounts"]["accounts.user"][0]["name"] == NAME
    call_command("erase_person", EMAIL, yes=True)
    assert User.objects.get(pk=canary.pk).erased_at is not None
    with pytest.raises(CommandError, match="Nobody"):
        call_command("export_person", EMAIL)


def test_the_command_asks_first(canary: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", EMAIL)
    monkeypatch.setattr("builtins.input", lambda question: EMAIL)
    call_command("erase_person", EMAIL)
    assert User.objects.get(pk=canary.pk).erased_at is not None


def test_history_keeps_who_and_never_where(empty: None, admin: User) -> None:
    """The address of the page, which may hold a token, is not written down."""
    actor = factories.actor("Aarhus Kommune")
    client, path = browser(admin), f"/admin/actors/actor/{actor.pk}/change/"
    client.post(path, _as_it_stands(client.get(path)) | {"name_da": "Aarhus"})
    assert type(actor).objects.get(pk=actor.pk).name_da == "Aarhus"
    contexts = Context.objects.filter(metadata__has_key="user").order_by("pk")
    assert [context.metadata for context in contexts] == [{"user": admin.pk}]


def _as_it_stands(page: Any) -> dict[str, Any]:
    """What a browser sends of a form in the administration in which nothing was changed."""
    fields = page.context["adminform"].form.initial
    data = {name: value for name, value in fields.items() if value is not None}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {f"{management.prefix}-{name}": value for name, value in management.initial.items()}
    return data
