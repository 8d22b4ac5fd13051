"""What goes out as a file and comes in again says the same: the next file is byte-equal."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation.models import EntryTheme
from desk.choices import Verdict
from desk.importing.actions import apply, counts
from desk.importing.handing_in import hand_in
from keeping.history.events import MODELS
from keeping.lists import LISTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("denmark")]

FORMS = ("/{name}/export.csv", "/en/{name}/export.csv", "/{name}/export.xlsx")


def fetched(client: Client, path: str) -> bytes:
    response: Any = client.get(path)
    return b"".join(response.streaming_content)


def taken_in(name: str, content: bytes, by: User) -> dict[str, int]:
    """What the rows were judged to be; taken in where they say anything new."""
    batch = hand_in(
        kind=LISTS[name].kind, file_name="export", content=content, source="", language="da", by=by
    )
    found = counts(batch)
    if found[Verdict.CHANGED] or found[Verdict.NEW]:
        apply(batch, version=batch.version, by=by)
    return {verdict: number for verdict, number in found.items() if number and verdict != "alike"}


@pytest.mark.parametrize("name", list(LISTS))
def test_export_import_export_is_byte_equal(client: Client, curator: User, name: str) -> None:
    files = {path: fetched(client, path.format(name=name)) for path in FORMS}
    number = client.get(f"/api/v1/{name}").json()["count"]
    for content in files.values():
        assert taken_in(name, content, curator) == {Verdict.SAME: number}
    model: Any = MODELS[LISTS[name].kind]
    model._default_manager.update(summary_da="Noget andet.", website="")
    EntryTheme.objects.filter(record__kind=LISTS[name].kind, order__gt=0).delete()
    first, *_others = FORMS
    assert fetched(client, first.format(name=name)) != files[first]
    assert taken_in(name, files[first], curator)[Verdict.CHANGED] > number / 2
    for path, content in files.items():
        assert fetched(client, path.format(name=name)) == content
