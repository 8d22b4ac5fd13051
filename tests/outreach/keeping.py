"""Keeping entries and noting something, as a browser's script sends it."""

from typing import Any

from django.test import Client

from outreach.shortlist import actions

JSON = {"Accept": "application/json"}


def keep(client: Client, entry: Any, **more: Any) -> Any:
    return client.post(f"/en/shortlist/keep/{entry.record.public_id}/", more, headers=JSON)


def note(client: Client, entry: Any, text: str, seen: str = "", **more: Any) -> Any:
    path = f"/en/shortlist/note/{entry.record.public_id}/"
    return client.post(path, {"note": text, "seen": actions.mark(seen)}, **more)
