"""What needs no comparison of designs: kept pages beside an empty view, and what a page weighs."""

from collections.abc import Callable
from pathlib import Path
from re import findall
from statistics import median

from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.test.utils import override_settings

from .clock import Clock
from .pages import get, reader

# A view that does nothing, behind all the middleware; a kept page is answered by one of the first of them.
EMPTY = "/livez"
ROUNDS = 300


def rates(path: str, clock: Clock) -> dict[str, float]:
    """Requests per second and core of an empty view, of a page that is kept and of its 304."""
    with override_settings(CACHE_PAGES=True):
        caches["pages"].clear()
        client = reader()
        tag = get(client, path, accept_encoding="gzip")["ETag"]
        asked: dict[str, Callable[[], object]] = {
            "empty": lambda: get(client, EMPTY, accept_encoding="gzip"),
            "kept": lambda: get(client, path, accept_encoding="gzip"),
            "304": lambda: get(client, path, accept_encoding="gzip", if_none_match=tag),
        }
        times: dict[str, list[float]] = {name: [] for name in asked}
        for _round in range(ROUNDS):  # in turn, so that a busy moment of the machine strikes them alike
            for name, ask in asked.items():
                times[name].append(clock.once(ask))
        caches["pages"].clear()
    return {name: 1000 / median(taken) for name, taken in times.items()}


def weight(client: Client, path: str) -> int:
    """Bytes of a page as it is sent to a browser."""
    with override_settings(CACHE_PAGES=True):
        caches["pages"].clear()
        return len(get(client, path, accept_encoding="gzip").content)


def first_load(client: Client, path: str) -> int | None:
    """Bytes of a page with the styles, scripts and fonts it names; none where nothing was collected."""
    html = get(client, path).content
    named = findall(rb'(?:href|src)="/static/([^"#]+\.(?:css|js))"', html)
    files = [Path(settings.STATIC_ROOT) / name.decode() for name in dict.fromkeys(named)]
    if not files or not all(file.is_file() for file in files):
        return None
    return weight(client, path) + sum(_sent(file) for file in [*files, *_fonts(files)])


def _sent(file: Path) -> int:
    packed = file.with_name(f"{file.name}.br")
    return (packed if packed.is_file() else file).stat().st_size


def _fonts(files: list[Path]) -> list[Path]:
    """Every font the styles name; a browser loads only those a page has letters of."""
    found = set()
    for style in (file for file in files if file.suffix == ".css"):
        for address in findall(r'url\("?([^")]+\.woff2)', style.read_text()):
            found.add((style.parent / address).resolve())
    return sorted(file for file in found if file.is_file())
