"""`manage.py make_entries N`: synthetic labs with all that hangs on them, for benchmarks only."""

import time
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import nullcontext
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from actors.models import Actor, Offer
from curation import loading as curation_loading
from curation.loading import load_reference
from curation.models import EntryPlace, EntryTheme, Record, Theme
from labs.models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
from labs.synthetic.deriving import derive_all, learn
from labs.synthetic.entries import SOURCE, Maker, Written
from labs.synthetic.results import Results
from labs.synthetic.writing import Table, finish, quiet, without_indexes
from missions.models import Need, Response
from places import loading as places_loading
from places.models import Place
from places.sheets import Load

LABS_PER_ACTOR = 5
LABS_PER_NEED = 5
LABS_PER_TRIAL = 5  # and per solution
FEWEST_ACTORS = 10
CHUNK = 5000


class Command(BaseCommand):
    """Writes past the history and the actions, so it must never be run on a register in use."""

    help = "Makes N synthetic labs with actors, needs, offers, trials and solutions, for benchmarks only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, metavar="N", help="how many labs")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other entries")
        parser.add_argument("--beside", action="store_true", help="also where there are real entries")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        labs, actors = options["number"], max(options["number"] // LABS_PER_ACTOR, FEWEST_ACTORS)
        if not options["beside"] and Record.objects.exclude(source=SOURCE).exists():
            raise CommandError("The register holds real entries; --beside makes synthetic ones beside them.")
        alone = not options["beside"]
        # Where nothing else stands, each step is kept, so that several processes can take part in the next.
        with nullcontext() if alone else transaction.atomic():
            if not Place.objects.municipalities().exists():
                _load_places_and_themes()
            links = _make(_maker(options["seed"]), labs, actors, alone=alone)
        _analyse()
        took = time.monotonic() - began
        needs = labs // LABS_PER_NEED
        tried = labs // LABS_PER_TRIAL
        made = f"{labs} labs, {actors} actors, {needs} needs, {needs} offers, {tried} trials,"
        made += f" {tried} solutions and {links} links"
        self.stdout.write(f"{made} made in {took:.0f} s.")


def _load_places_and_themes() -> None:
    load = Load(settings.BASE_DIR / "data")
    load.read(places_loading.FILES | curation_loading.FILES)
    load_reference(load)
    load.check()


def _maker(seed: int) -> Maker:
    last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
    themes = list(Theme.objects.filter(parent__isnull=False).order_by("slug"))
    towns = list(Place.objects.municipalities().defer("outline").order_by("code"))
    return Maker(seed, towns, themes, first=last + 1)


def _make(maker: Maker, labs: int, actors: int, *, alone: bool) -> int:
    """Where nothing else stands, words are learned before anything is indexed, so that it is indexed once."""
    with without_indexes():
        with transaction.atomic(), connection.cursor() as cursor, quiet(cursor):
            links, free = _write_all(cursor, maker, labs, actors)
            cursor.execute("ANALYZE")  # for the plans of what follows
        if alone:
            learn()
        derive_all(maker.first)
    finish(free)
    return links


def _write_all(cursor: CursorWrapper, maker: Maker, labs: int, actors: int) -> tuple[int, int]:
    """How many links that was, and the first number nobody has."""
    _write(cursor, Table(Actor), maker.actors(actors))
    links = _write(cursor, Table(Lab), maker.labs(labs))
    links += _write(cursor, Table(Offer), maker.offers(labs // LABS_PER_NEED))
    links += _write(cursor, Table(Need), maker.needs(labs // LABS_PER_NEED))
    last = maker.first + actors + labs + 2 * (labs // LABS_PER_NEED)
    results = Results(maker, last)
    _write(cursor, Table(Solution), results.solutions(labs // LABS_PER_TRIAL))
    _write(cursor, Table(Trial), results.trials(labs // LABS_PER_TRIAL))
    return links, last + 2 * (labs // LABS_PER_TRIAL)


def _write(cursor: CursorWrapper, entries: Table, written: Iterable[Written]) -> int:
    """Copy entries with what hangs on them; how many links that was."""
    records, places, themes = Table(Record, ["id"]), Table(EntryPlace), Table(EntryTheme)
    links, responses = Table(Link), Table(Response)
    partners, learnings, adoptions, values = Table(Partner), Table(Learning), Table(Adoption), Table(Value)
    linked = 0
    rest = iter(written)
    while chunk := list(islice(rest, CHUNK)):
        records.copy(cursor, (it.record for it in chunk))
        entries.copy(cursor, (it.entry for it in chunk))
        places.copy(cursor, (row for it in chunk for row in it.places))
        themes.copy(cursor, (row for it in chunk for row in it.themes))
        links.copy(cursor, (row for it in chunk for row in it.links))
        responses.copy(cursor, (row for it in chunk for row in it.responses))
        partners.copy(cursor, (row for it in chunk for row in it.partners))
        learnings.copy(cursor, (row for it in chunk for row in it.learnings))
        adoptions.copy(cursor, (row for it in chunk for row in it.adoptions))
        values.copy(cursor, (row for it in chunk for row in it.values))
        linked += sum(len(it.links) for it in chunk)
    return linked


def _analyse() -> None:
    """Fresh statistics and, outside a transaction, no dead rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
