"""What the documents point at is there: files, headings, make targets, commands, settings."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

BASE: Path = settings.BASE_DIR
DOCUMENTS = sorted([*BASE.glob("*.md"), *(BASE / "docs").rglob("*.md"), BASE / "data" / "README.md"])
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
TARGET = re.compile(r"(?:^|`|=\S+ )make ([a-z][a-z-]*)", re.MULTILINE)
COMMAND = re.compile(r"manage\.py ([a-z][a-z_]+)")
SETTING = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)"|os\.environ(?:\.get\(|\[)"([A-Z_]+)\"""")
READING = ("config", "scripts", "manage.py")
DJANGOS_OWN = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PATH"}

each = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(BASE)))


@cache
def headings(document: Path) -> set[str]:
    """The headings of a document as links name them."""
    lines = FENCE.sub("", document.read_text("utf-8")).splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@each
def test_links_lead_somewhere(document: Path) -> None:
    missing = []
    for link in LINK.finditer(FENCE.sub("", document.read_text("utf-8"))):
        path, _hash, heading = link["target"].partition("#")
        if "://" in path:
            continue
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (heading and heading not in headings(target)):
            missing.append(link["target"])
    assert not missing


@each
def test_make_has_what_is_named(document: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (BASE / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(TARGET.findall(document.read_text("utf-8"))) <= targets


@each
def test_commands_that_are_named_exist(document: Path) -> None:
    assert set(COMMAND.findall(document.read_text("utf-8"))) <= set(get_commands())


def test_the_readme_names_what_make_offers() -> None:
    offered = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=BASE, capture_output=True, text=True, check=True
    ).stdout
    names = {line.split()[0] for line in offered.splitlines() if line.strip()}
    assert set(TARGET.findall((BASE / "README.md").read_text("utf-8"))) == names


def test_every_setting_is_told() -> None:
    files = [
        file
        for name in READING
        for file in ((BASE / name).rglob("*.py") if (BASE / name).is_dir() else [BASE / name])
    ]
    read = {
        name for file in files for found in SETTING.findall(file.read_text("utf-8")) for name in found if name
    }
    told = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (BASE / "docs" / "operations.md").read_text("utf-8"), re.MULTILINE)
    )
    assert read - DJANGOS_OWN == told


def test_every_decision_is_listed() -> None:
    folder = BASE / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")
    assert all(f"({path.name})" in listed for path in folder.glob("[0-9]*.md"))
