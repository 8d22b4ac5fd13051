"""Registering in tests: what a browser sends from each step, and a draft with everything in it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import resolve

from accounts.models import User
from curation.models import Draft, Record

AARHUS = "0751"
WHAT: dict[str, Any] = {
    "name_da": "Lys og søvn på Solbakken",
    "summary_da": "Beboere og personale afprøver lys om natten.",
    "places": [AARHUS],
}
WHY: dict[str, Any] = {"themes": ["ageing", "culture"], "purpose_da": "Bedre nattesøvn."}
WHO: dict[str, Any] = {}
HOW: dict[str, Any] = {"phase": "running", "start_year": "2023", "hallmark_daily": "På afdeling 2 og 3."}
NEW = {
    "parties-0-name": "Solbakken", "parties-0-type": "municipal_unit", "parties-0-place": AARHUS,
    "parties-0-role": "host", "parties-0-side": "pull", "parties-0-since": "2023",
}  # fmt: skip
LAB = {"what": WHAT, "why": WHY, "who": WHO, "how": HOW}


def verified(user: User) -> User:
    """The user's address has been shown to be theirs."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def begun(client: Client, said: dict[str, Any] | None = None, kind: str = "lab", **more: Any) -> Draft:
    """The first step of something new is sent; the draft it made."""
    response = client.post(f"/register/{kind}/", {**(WHAT if said is None else said), **more})
    assert response.status_code == 302, response.status_code
    return Draft.objects.get(key=key_in(response["Location"]))


def key_in(path: str) -> str:
    return str(resolve(path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]).kwargs["key"])


def at(draft: Draft, step: str) -> str:
    return f"/register/{draft.kind}/{draft.key}/{step}/"


def whole(client: Client, **steps: dict[str, Any]) -> Draft:
    """A lab with every step sent; `steps` say what is different."""
    draft = begun(client, LAB["what"] | steps.get("what", {}))
    for step in ("why", "who", "how"):
        client.post(at(draft, step), LAB[step] | steps.get(step, {}))
    draft.refresh_from_db()
    return draft


def sent(client: Client, draft: Draft) -> Record:
    """The draft is sent in; the record it made."""
    response = client.post(at(draft, "check"))
    assert response.status_code == 302, response.text
    draft.refresh_from_db()
    assert draft.record is not None
    assert response["Location"] == f"/account/entries/{draft.record.public_id}/"
    return draft.record
