"""The build id: one short word for what is being served, so that no two versions are mistaken."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

SOURCES = {".css", ".html", ".js", ".mo", ".py", ".svg", ".txt"}
NOT_SERVED = {"benchmarks", "data", "docs", "node_modules", "scripts", "tests", "var"}


def build_id(base: Path) -> str:
    """BUILD from the environment, else a hash over the content of every file that is served or run."""
    if named := os.environ.get("BUILD"):
        return named
    digest = hashlib.sha256()
    for path in sorted(_sources(base)):
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _sources(base: Path) -> Iterator[Path]:
    for folder in base.iterdir():
        if folder.is_dir() and folder.name not in NOT_SERVED and not folder.name.startswith("."):
            yield from (path for path in folder.rglob("*") if path.suffix in SOURCES)
