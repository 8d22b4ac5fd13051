"""One size: the 20 questions to page, floor and rivals, and what should not grow with the register."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

import psycopg
from django.db import connection

from . import plain, sqlite, textbook
from .clock import Clock
from .floor import Floor, Ids
from .pages import Samples, answer, get, reader
from .partners import PartnersFloor, projects
from .queries import Query, mix
from .serving import first_load, rates, weight

RIVALS = ("textbook", "datasette", "icontains", "vectors made on the way")
RUNS = 7
RIVAL_RUNS = 3
SUBSTRING_QUERIES = 3  # each takes many seconds; with vectors made on the way a minute


@dataclass
class Timed:
    """One question: how many it finds, what page and floor took each time, and what the rivals took."""

    query: Query
    total: int
    page: list[float]
    floor: list[float]
    rivals: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return median(self.page) / median(self.floor)


@dataclass
class Measured:
    """All that was measured at one size."""

    size: int
    clock: str
    questions: Sequence[Timed]
    steady: Mapping[str, float]
    rates: Mapping[str, float]
    page_bytes: int
    first_load_bytes: int | None
    partners: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # page and floor
    api: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # page of 25 and floor

    @property
    def api_ratio(self) -> float:
        """The API's lists beside the raw SQL of their answers, at the median of the questions."""
        pages, floors = zip(*self.api.values(), strict=True)
        return median(pages) / median(floors)

    @property
    def partner_page(self) -> float:
        """What a page of the partner finder takes."""
        return median(page for page, _floor in self.partners.values())

    @property
    def partner_floor(self) -> float:
        return median(floor for _page, floor in self.partners.values())


class Bench:
    """The register Django is connected to, with a bare cursor on the very same back-end."""

    def __init__(self, size: int, runs: int = RUNS) -> None:
        connection.ensure_connection()
        self.size, self.runs = size, runs
        self.cursor: Any = psycopg.Cursor(connection.connection)
        self.clock = Clock([connection.connection.info.backend_pid])
        self.client = reader()
        self.ids = Ids()
        self.queries = mix()

    def measure(self, rivals: Collection[str]) -> Measured:
        questions = [self._time(query) for query in self.queries]
        for rival in rivals:
            self._rival(rival, questions)
        samples = Samples()
        steady: dict[str, Callable[[], object]] = {
            name: partial(get, self.client, path) for name, path in samples.pages.items()
        }
        steady["nearest"] = samples.nearest
        first = self.queries[0].path
        return Measured(
            size=self.size,
            clock=self.clock.kind,
            questions=questions,
            steady={name: self.clock.typical(work, self.runs) for name, work in steady.items()},
            rates=rates(first, self.clock),
            page_bytes=weight(self.client, first),
            first_load_bytes=first_load(self.client, first),
            partners=self._partners(),
            api={query.name: self._api(query) for query in self.queries},
        )

    def _api(self, query: Query) -> tuple[float, float]:
        """A list of the API and its SQL alone, in turn, once both have told the same."""
        page, floor = partial(get, self.client, query.api_path), self.floor(query).part
        total, ids = floor()
        told = json.loads(page().content)
        if (told["count"], [one["id"] for one in told["results"]]) != (total, ids):
            raise RuntimeError(f"{query.name} ({query.api_path}): API and floor disagree")
        times = [(self.clock.once(page), self.clock.once(floor)) for _run in range(self.runs)]
        pages, floors = zip(*times, strict=True)
        return median(pages), median(floors)

    def _partners(self) -> dict[str, tuple[float, float]]:
        """Pages of the partner finder and their SQL alone, in turn."""
        found = {}
        for project in projects():
            page, floor = partial(get, self.client, project.path), PartnersFloor(self.cursor, project).answer
            page(), floor()
            times = [(self.clock.once(page), self.clock.once(floor)) for _run in range(self.runs)]
            pages, floors = zip(*times, strict=True)
            found[project.name] = (median(pages), median(floors))
        return found

    def floor(self, query: Query) -> Floor:
        return Floor(self.cursor, query, self.ids)

    def check(self, query: Query) -> list[str]:
        """In what page and floor disagree: nothing, or the design is not measured but a mistake."""
        page, floor = answer(query), self.floor(query).answer()
        parts = ("total", "facets", "cards", "cells")
        return [part for part in parts if getattr(page, part) != getattr(floor, part)]

    def _time(self, query: Query) -> Timed:
        if wrong := self.check(query):
            raise RuntimeError(f"{query.name} ({query.path}): page and floor disagree in {', '.join(wrong)}")
        floor = self.floor(query)
        get(self.client, query.path)
        page_times, floor_times = [], []
        for _run in range(self.runs):  # in turn, so that a busy moment of the machine strikes them alike
            page_times.append(self.clock.once(partial(get, self.client, query.path)))
            floor_times.append(self.clock.once(floor.answer))
        return Timed(query, floor.answer().total, page_times, floor_times)

    def _rival(self, name: str, questions: Sequence[Timed]) -> None:
        """Ask a rival what it can be asked in reasonable time."""
        in_words = [timed for timed in questions if timed.query.words]
        if name == "textbook":
            for timed in questions:
                work = partial(textbook.answer, self.cursor, timed.query, self.ids)
                timed.rivals[name] = self.clock.typical(work, RIVAL_RUNS)
        elif name == "datasette":
            with sqlite.opened() as ask:
                for timed in (timed for timed in questions if sqlite.can_tell(timed.query)):
                    timed.rivals[name] = self.clock.typical(partial(ask, timed.query), RIVAL_RUNS)
        elif name == "icontains":
            for timed in in_words[:SUBSTRING_QUERIES]:
                timed.rivals[name] = self.clock.once(partial(plain.by_substring, timed.query))
        else:
            for timed in in_words[1:2]:
                timed.rivals[name] = self.clock.once(partial(plain.by_vectors, timed.query))
