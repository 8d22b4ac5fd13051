"""Tokens of partner systems: made, read from a request, revoked.

Only a token's SHA-256 is kept, and it is looked up by that, so that neither a copy of the database nor the
time an answer takes tells anything of a token. What it allows is read anew from the rows when it is used: it
dies with the membership it rests on.
"""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from actors.models import Actor, Membership
from mail import links, outbox

from .models import Token

PREFIX = "skt_"
BYTES = 32
HINT_LETTERS = len(PREFIX) + 6
DAYS = (30, 90, 365)
WARNED_BEFORE = dt.timedelta(days=14)
MOST_TOKENS = 20  # that one person has at a time
# 32 bytes in base64 for addresses are 43 letters.
TEXT = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}", re.ASCII)


class BadToken(Exception):
    """An Authorization header was sent, and it holds no token that is valid now."""


def digest_of(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


# Reading


def token_of(request: HttpRequest) -> Token | None:
    """The token a request carries, with its person and organisation; None where it carries none.

    Raises `BadToken` for one that is unknown, has run out or was revoked, and for one whose person may not
    log in or does not belong to its organisation any more. Notes once a day that it was used.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, text = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not TEXT.fullmatch(text.strip()):
        raise BadToken
    token = _valid(digest_of(text.strip()))
    if token is None:
        raise BadToken
    _note_use(token)
    return token


def _valid(digest: str) -> Token | None:
    rows = Token.objects.select_related("user", "actor__record").filter(
        digest=digest, revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )
    token = rows.first()
    if token is None or token.actor is None:
        return token
    return token if token.actor.is_public and belongs(token.user, token.actor) else None


def belongs(user: User, actor: Actor) -> bool:
    """Whether somebody is a member of an organisation: an owner or an editor."""
    return Membership.objects.running().filter(user=user, actor=actor).exists()


def _note_use(token: Token) -> None:
    """Once a day; where nothing can be written just now, reading goes on."""
    today = timezone.localdate()
    if token.used_on == today:
        return
    try:
        with transaction.atomic():
            Token.objects.filter(pk=token.pk).update(used_on=today)
    except DatabaseError:
        return


def tokens_of(user: User) -> Sequence[Token]:
    """Somebody's tokens that are not revoked, the newest first; those that have run out are among them."""
    return list(Token.objects.select_related("actor__record").filter(user=user, revoked_at=None))


def organisations_of(user: User) -> Sequence[Actor]:
    """The organisations in whose name somebody may have a system write."""
    mine = Membership.objects.running().filter(user=user).order_by().values("actor")
    return list(Actor.objects.published().filter(pk__in=mine).select_related("record").order_by("name_da"))


# Writing


class TooMany(Exception):
    """Somebody has as many tokens as one may have."""


@transaction.atomic
def make(*, name: str, by: User, days: int, actor: Actor | None = None) -> tuple[Token, str]:
    """A token and its text, which is told now and never again; its maker gets a mail. Raises `TooMany`.

    With an organisation it writes in its name, else it only reads.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time, so that the limit holds
    if len(tokens_of(by)) >= MOST_TOKENS:
        raise TooMany
    text = PREFIX + secrets.token_urlsafe(BYTES)
    token = Token.objects.create(
        digest=digest_of(text), hint=text[:HINT_LETTERS], name=name, user=by, actor=actor,
        may_write=actor is not None, expires_at=timezone.now() + dt.timedelta(days=days),
    )  # fmt: skip
    _tell("opendata/token_made", token)
    return token, text


def revoke(token: Token) -> bool:
    """Let a token be worth nothing from now on; whether it was worth something."""
    return bool(Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()))


def warn_of_running_out() -> int:
    """Write once to those whose tokens run out within two weeks; how many mails."""
    now = timezone.now()
    waiting = Token.objects.filter(
        revoked_at=None, warned_at=None, user__is_active=True,
        expires_at__gt=now, expires_at__lte=now + WARNED_BEFORE,
    )  # fmt: skip
    return sum(_warn(pk) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _warn(pk: int) -> int:
    if not Token.objects.filter(pk=pk, warned_at=None).update(warned_at=timezone.now()):
        return 0
    _tell("opendata/token_runs_out", Token.objects.select_related("user", "actor__record").get(pk=pk))
    return 1


def _tell(template: str, token: Token) -> None:
    to = token.user
    with translation.override(to.language):
        context = {
            "token": token, "name": to.name, "organisation": token.actor,
            "link": links.absolute(reverse("opendata_account:tokens")),
        }  # fmt: skip
        outbox.send(template, to=to.email, language=to.language, context=context)
