"""`reindex`: what lists and search read can be computed anew at any time."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from curation import reindexing
from curation.models import Record, RecordEvent

pytestmark = pytest.mark.usefixtures("denmark")


def reindex(*arguments: str) -> str:
    out = StringIO()
    call_command("reindex", *arguments, stdout=out)
    return out.getvalue()


def test_nothing_differs_after_a_load() -> None:
    assert reindex("--check") == f"0 of {Record.objects.count()} records differed.\n"


def test_what_differs_is_written() -> None:
    spoilt = Record.objects.filter(kind="lab", slug__startswith="s")
    number = spoilt.update(link_count=F("link_count") + 1, theme_ids=[], search_da=None)
    assert number
    assert reindex() == f"{number} of {Record.objects.count()} records differed.\n"
    assert not spoilt.filter(theme_ids=[]).exists()
    assert reindex() == f"0 of {Record.objects.count()} records differed.\n"


def test_check_changes_nothing_and_fails() -> None:
    Record.objects.filter(slug="doll-living-lab").update(quality=7)
    with pytest.raises(
        CommandError, match=rf"1 of {Record.objects.count()} records differed; run manage.py reindex"
    ):
        reindex("--check")
    assert Record.objects.get(slug="doll-living-lab").quality == 7


def test_batches_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexing, "BATCH", 50)
    Record.objects.update(quality=7)
    batches: list[int] = []
    assert reindexing.reindex(batches.append) == Record.objects.count()
    assert (sum(batches), max(batches)) == (Record.objects.count(), 50)


def test_the_kind_in_vectors_written_by_an_older_release() -> None:
    """Taken away and written by the migration, they are as the index writes them; no history is written."""
    migration = import_module("curation.migrations.0012_vectors_say_the_kind")
    everything, events = Record.objects.count(), RecordEvent.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(migration.TAKE)
    with pytest.raises(CommandError, match=f"{everything} of {everything} records differed"):
        reindex("--check")
    with connection.cursor() as cursor:
        cursor.execute(migration.ADD)
    assert reindex("--check") == f"0 of {everything} records differed.\n"
    assert RecordEvent.objects.count() == events
