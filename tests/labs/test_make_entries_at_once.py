"""`make_entries` where nothing else stands: several processes learn words and write what is derived."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from curation.learning import learn
from curation.models import Record, Word
from curation.reindexing import reindex
from labs.synthetic import deriving


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty")
def test_several_processes_write_what_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest's additions to the path lead to tests with the names of apps.
    tests = settings.BASE_DIR / "tests"
    monkeypatch.setattr(sys, "path", [place for place in sys.path if not Path(place).is_relative_to(tests)])
    monkeypatch.setattr(deriving, "SHARE", 10)
    monkeypatch.setattr(deriving, "_rows", None)  # whoever derives here and not in another process fails
    call_command("make_entries", 20, stdout=StringIO())
    monkeypatch.undo()
    assert Word.objects.exclude(parts=[]).exists()
    assert (learn(), reindex()) == (0, 0)
    assert not Record.objects.filter(search_da=None).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'record\\_%%'", [])
        assert cursor.fetchone()[0] == 15
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone()[0] == "origin"
