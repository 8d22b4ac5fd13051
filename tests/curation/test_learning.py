"""The register's own words, and what its compounds are made of."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from curation.choices import State
from curation.compounds import split
from curation.learning import learn, words_in
from curation.models import Record, Synonyms, Word
from curation.reindexing import reindex
from curation.tasks.words import LOOK_BACK, learn_all_words, learn_new_words
from curation.words import Known
from places.danish import stem
from tests import factories

KNOWN = """
ældre pleje velfærd teknologi plejehjem beboere beboer arbejde plads by udvikling dreng skole student hus hjem
silke borg land over kommune el bil sundhed data hukommelse tab kors sted
"""


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("aeldrepleje", ("aeldre", "pleje")),
        ("velfaerdsteknologi", ("velfaerd", "teknologi")),
        ("velfaerdsteknologien", ("velfaerd", "teknologien")),
        ("plejehjemsbeboerne", ("plejehjem", "beboerne")),
        ("arbejdsplads", ("arbejde", "plads")),
        ("byudvikling", ("by", "udvikling")),
        ("drengeskole", ("dreng", "skole")),
        ("studenterhus", ("student", "hus")),
        ("elbil", ("el", "bil")),
        ("sundhedsdata", ("sundhed", "data")),
        ("landsby", None),  # "land" begins too many words that have nothing to do with it
        # no compounds, or of words nobody knows
        ("aeldre", None), ("overland", None), ("hukommelsestab", None), ("landskab", None),
        ("teknologi", None),
        ("sted", None), ("skolexyz", None), ("kommunens", None),
    ],
)  # fmt: skip
def test_compounds_are_taken_apart(word: str, parts: tuple[str, str] | None) -> None:
    known = {word: Known(word, word, 2) for text in KNOWN.split() for word, _surface in words_in(text)}
    assert split(word, known.get) == parts


@pytest.mark.usefixtures("empty")
def test_words_are_learnt_of_what_everybody_may_read() -> None:
    Synonyms.objects.create(words=["Alzheimer", "glemsomhed"])
    factories.place("Silkeborg")
    factories.theme("Demens", synonyms_da=["hukommelsestab"])
    for number, name in enumerate(("Silke", "Borg", "BORG", "Borg")):
        factories.lab(f"{name} Lab", slug=f"lab-{number}", summary_da="Om ældre i pleje 2026.")
    factories.lab("Kladde", state=State.DRAFT, summary_da="Hemmeligt.")
    factories.lab("Et lab", summary_da="Ældreplejens Ældrepleje!")
    assert learn() == Word.objects.count()
    words = {word.word: word for word in Word.objects.all()}
    assert words["aeldre"].entries == 4
    assert (words["aeldre"].shown, words["aeldre"].bare) == ("ældre", "aldre")
    assert words["borg"].shown == "Borg"
    assert words["aeldrepleje"].parts == ["aeldre", "pleje"]
    assert words["aeldreplejens"].parts == ["aeldre", "plejens"]
    assert words["silkeborg"].parts == []
    assert (words["alzheimer"].entries, words["hukommelsestab"].entries) == (0, 0)
    assert not {"2026", "hemmeligt", "kladde", "i"} & set(words)
    assert learn() == 0


@pytest.mark.usefixtures("empty")
def test_what_nobody_says_any_more_is_forgotten() -> None:
    lab = factories.lab("Et lab", summary_da="Forbigående")
    learn()
    assert Word.objects.filter(word="forbigaaende").exists()
    Record.objects.filter(pk=lab.pk).update(state=State.WITHDRAWN)
    assert learn() > 0
    assert not Word.objects.filter(word="forbigaaende").exists()


@pytest.mark.usefixtures("empty")
def test_a_new_compound_is_found_by_its_parts_once_it_is_learnt() -> None:
    factories.lab("Alfa", summary_da="Pleje af ældre.")
    learn_all_words(0)
    new = factories.lab("Beta", summary_da="Om ældrepleje.")
    old = factories.lab("Gamma", summary_da="Noget om ældrepleje og demensvenlighed.")
    Record.objects.filter(pk=old.pk).update(updated_at=timezone.now() - 2 * LOOK_BACK)
    assert having("xpaeldr") == []
    learn_new_words(0)
    assert having("xpaeldr") == [new.pk]
    assert not Word.objects.filter(word="demensvenlighed").exists()
    assert "Om ældrepleje" in new.summary_da
    learn_new_words(0)
    learn_all_words(0)
    assert having("xpaeldr") == [new.pk, old.pk]
    assert Word.objects.get(word="aeldrepleje").entries == 2


def having(lexeme: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM curation_record WHERE search_da @@ %s::tsquery ORDER BY id", [f"'{lexeme}'"]
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.usefixtures("denmark")
def test_denmark_is_learnt_when_it_is_loaded() -> None:
    assert learn() == 0
    assert reindex() == 0
    assert Word.objects.get(word="velfaerdsteknologi").parts == ["velfaerd", "teknologi"]
    assert Word.objects.get(word="favrskov").parts == []
    out = StringIO()
    call_command("learn_words", stdout=out)
    assert out.getvalue().startswith("0 of ")


@pytest.mark.usefixtures("denmark")
def test_stems_are_postgresqls() -> None:
    words = list(Word.objects.order_by("word").values_list("word", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ts_lexize('danish_stem', word) FROM unnest(%s::text[]) word", [words])
        rows = cursor.fetchall()
    assert len(rows) > 3000
    # A stop word has no stem.
    assert [word for word, stemmed in rows if stemmed and [stem(word)] != stemmed] == []


def test_the_task_looks_back_further_than_it_waits() -> None:
    assert dt.timedelta(minutes=15) < LOOK_BACK
