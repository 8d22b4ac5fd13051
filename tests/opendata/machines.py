"""Partner systems for tests: their tokens, and what they send."""

import datetime as dt
import hashlib
import json
import secrets
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from opendata.models import Token


def token_for(user: User, actor: Actor | None = None, **said: Any) -> str:
    """The text of a token that is valid unless a test says otherwise; nobody is told by mail."""
    text = "skt_" + secrets.token_urlsafe(32)
    values = {
        "name": "Kommunens system", "hint": text[:10], "may_write": actor is not None,
        "expires_at": timezone.now() + dt.timedelta(days=30),
    }  # fmt: skip
    digest = hashlib.sha256(text.encode()).hexdigest()
    Token.objects.create(digest=digest, user=user, actor=actor, **values | said)
    return text


class System:
    """Asks and writes as a machine does."""

    def __init__(self, token: str, client: Client | None = None) -> None:
        self.token, self.client = token, client or Client()

    def write(self, method: str, path: str, said: Any, if_match: str = "", **headers: str) -> Any:
        sent = {"authorization": f"Bearer {self.token}"} | ({"if-match": if_match} if if_match else {})
        body = said if isinstance(said, str | bytes) else json.dumps(said)
        answer: Any = self.client.generic(
            method, f"/api/v1{path}", body, "application/json", headers=sent | headers
        )
        return answer

    def put(self, path: str, said: Any, if_match: str = "", **headers: str) -> Any:
        return self.write("PUT", path, said, if_match, **headers)

    def patch(self, path: str, said: Any, if_match: str = "", **headers: str) -> Any:
        return self.write("PATCH", path, said, if_match, **headers)

    def get(self, path: str) -> Any:
        answer: Any = self.client.get(f"/api/v1{path}", headers={"authorization": f"Bearer {self.token}"})
        return answer
