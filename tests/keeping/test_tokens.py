"""The tokens in mails: whose they are, what for, how long, and what a forged one does."""

import datetime as dt

import pytest
from django.core import signing
from time_machine import TimeMachineFixture

from keeping import tokens
from keeping.tokens import Unanswerable


def why(purpose: str, token: str) -> str:
    with pytest.raises(Unanswerable) as problem:
        tokens.read(purpose, token)
    return problem.value.why


def test_a_token_says_what_it_is_about_and_whose_it_is() -> None:
    token = tokens.make("still_right", [3, 4], user=7, address="olga@aarhus.dk")
    said = tokens.read("still_right", token)
    assert (said.about, said.user) == ((3, 4), 7)
    assert not said.is_for_mailbox("olga@aarhus.dk")


def test_a_mailbox_is_known_without_its_address_being_told() -> None:
    token = tokens.make("still_right", [3], user=None, address="Lab@Aarhus.dk")
    said = tokens.read("still_right", token)
    assert said.is_for_mailbox("lab@aarhus.dk")
    assert not said.is_for_mailbox("other@aarhus.dk")
    assert not said.is_for_mailbox("")
    assert "aarhus" not in str(signing.loads(token, salt="keeping.still_right")).lower()


def test_a_token_is_good_for_one_purpose() -> None:
    assert why("named", tokens.make("still_right", [3], user=7, address="")) == "broken"


@pytest.mark.parametrize("token", ["", "x", "x:y:z", "é", "a" * 5000])
def test_what_is_no_token_of_ours_is_broken(token: str) -> None:
    assert why("still_right", token) == "broken"


def test_a_token_with_one_letter_changed_is_broken() -> None:
    token = tokens.make("still_right", [3], user=7, address="")
    changed = ("f" if token[3] != "f" else "g").join((token[:3], token[4:]))
    assert why("still_right", changed) == "broken"


def test_a_token_lasts_for_120_days(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2027, 1, 1, tzinfo=dt.UTC), tick=False)
    token = tokens.make("still_right", [3], user=7, address="")
    time_machine.shift(dt.timedelta(days=120))
    assert tokens.read("still_right", token).user == 7
    time_machine.shift(dt.timedelta(seconds=2))
    assert why("still_right", token) == "expired"
