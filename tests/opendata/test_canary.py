"""Nothing of what is not public is on any machine's surface, also when it was public a moment ago.

The surfaces are found by walking the table of addresses: a new one is walked by itself, or this fails and
says which sample of an argument it lacks.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.utils import timezone

from curation.choices import Kind, State
from curation.models import Record
from keeping.lists import LISTS
from opendata.dumps.making import store, write
from tests import factories
from tests.opendata.canary import WORD, Register
from tests.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

# What is made for machines: by its namespace, or by how its address ends; and the pages that carry JSON-LD.
SPACES = ("opendata:", "api:", "feeds:", "exports:", "data:", "dumps:", "embed:", "reference:")
ENDINGS = (".csv", ".svg", ".json", ".geojson", ".atom", ".xml", ".xlsx", ".zip", ".txt", ".jsonld", ".ttl")
PAGES = tuple(f"{kind}s:{kind}" for kind in Kind)
# What is told to whoever holds a token of its organisation.
WITH_TOKEN = re.compile(r"api:\w+_by_their_id|api:suggestion")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Surfaces:
    """Every machine route with samples of its arguments: what may be read, and what may not."""

    def __init__(self, register: Register, entries: Sequence[Any]) -> None:
        records = [entry.record for entry in entries]
        self.samples: Mapping[str, Sequence[str]] = {
            "public_id": [record.public_id for record in records],
            "slug": [record.slug for record in records],
            "kind": [*Kind, *(f"{kind}s" for kind in Kind)],
            "name": list(LISTS),
            "address": [register.place.address],
            "code": [register.place.address],
            "number": ["1", "2"],
            "figure": ["entries", "links", "fresh"],
            "day": [timezone.localdate().isoformat()],
            "their_id": ["nix"],
        }
        oembed = [f"{site.BASE_URL}{entry.get_absolute_url()}" for entry in entries]
        self.queries: Mapping[str, Sequence[str]] = {
            "opendata:oembed": [
                urlencode({"url": url, "format": form}) for url in oembed for form in ("json", "xml")
            ]
        }

    def addresses(self) -> Iterator[tuple[str, str]]:
        for name, pattern in routes():
            if is_for_machines(name, pattern):
                for path in self._filled(name, pattern):
                    for query in self.queries.get(name, [""]):
                        yield name, f"{path}?{query}" if query else path

    def _filled(self, name: str, pattern: str) -> Iterator[str]:
        names = PARAMETER.findall(pattern)
        unknown = [one for one in names if one not in self.samples]
        assert not unknown, f"{name} {pattern} is not walked: there is no sample of {unknown}"
        for values in product(*(self.samples[one] for one in names)):
            yield filled(pattern, values)


def filled(pattern: str, values: Sequence[str]) -> str:
    given = iter(values)
    return PARAMETER.sub(lambda _found: next(given), pattern)


def is_for_machines(name: str, pattern: str) -> bool:
    return name.startswith(SPACES) or name in PAGES or pattern.endswith(ENDINGS)


def texts(response: Any) -> Iterator[bytes]:
    """What is answered, and what is packed in it; where it leads, and its headers."""
    yield repr(sorted(response.items())).encode()
    content = b"".join(response.streaming_content) if response.streaming else response.content
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)


class Walk:
    """One walk through all of it: which routes answered anything, and where the word stood."""

    def __init__(self, client: Client, surfaces: Surfaces) -> None:
        self.answered: set[str] = set()
        self.every: set[str] = set()
        self.found: set[str] = set()
        for name, path in surfaces.addresses():
            response = client.get(path)
            self.every.add(name)
            if response.status_code in (200, 301, 302):
                self.answered.add(name)
            if any(WORD.encode() in text for text in texts(response)):
                self.found.add(f"{name} {path}")

    @property
    def routes(self) -> set[str]:
        return {one.split(" ")[0] for one in self.found}


def dump_now() -> None:
    with TemporaryFile() as file:
        write(file, timezone.localdate(), 1)
        store(file, on=timezone.localdate(), version=1, entries=1)


def test_no_surface_tells_of_what_is_not_public(client: Client) -> None:
    register = Register()
    register.name_hidden()
    dump_now()
    walk = Walk(client, Surfaces(register, [*register.shown.values(), *register.asked_for]))
    assert walk.found == set()
    without_an_answer = {name for name in walk.every - walk.answered if not WITH_TOKEN.fullmatch(name)}
    assert without_an_answer == set(), "no sample of an argument is right for these"
    assert len(walk.every) > 60


# Surfaces that never name a lab: figures, descriptions, what other kinds have, what has no room for a name.
NEVER_NAMES_A_LAB = re.compile(
    r"api:(?!lab)\w+|api:lab_by_their_id|opendata:(robots|sitemap|murmurations_index|catalog_\w+|oembed|stable)|data:\w+|dumps:(newest|checksum)"
    r"|reference:\w+|embed:(builder|place)|ecosystem:\w+|reuse:\w+|outreach:\w+|(?!lab)\w+s:(?!lab)\w+"
)


def test_what_is_withdrawn_is_gone_from_every_surface_at_once(client: Client, settings: Any) -> None:
    """Kept answers too. While it may be read the word is found, so that this can fail."""
    settings.CACHE_PAGES = True
    register = Register()
    lab = register.shown[Kind.LAB]
    lab.name_da = lab.name_en = f"{WORD} synlig"
    lab.save()
    factories.reindex(lab)
    Record.objects.filter(pk=lab.pk).update(slug=f"{WORD}-synlig")
    lab.record.refresh_from_db()
    surfaces = Surfaces(register, [lab])
    dump_now()
    before = Walk(client, surfaces).routes
    expected = {name for name, _path in surfaces.addresses() if not NEVER_NAMES_A_LAB.fullmatch(name)}
    assert expected <= before, expected - before
    Record.objects.filter(pk=lab.pk).update(state=State.WITHDRAWN)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
    after = Walk(client, surfaces)
    assert {one for one in after.found if not one.startswith("dumps:")} == set()
