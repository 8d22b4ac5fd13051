"""Copies the few files the pages use out of node_modules into var/build/static; no others are published."""

import re
import shutil
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
PACKAGES = BASE / "node_modules"
TARGET = BASE / "var" / "build" / "static"

FILES = {
    "dkfds": {
        "dist/img/all-svg-icons.svg": "img",
        "dist/img/logo*-placeholder.png": "img",
        "dist/img/svg-icons/*.svg": "img/svg-icons",
        "dist/fonts/IBMPlexSans/split/woff2/license.txt": "fonts",
        "LICENSE.md": ".",
    },
    "htmx.org": {"dist/htmx.min.js": ".", "LICENSE": "."},
    "leaflet": {
        "dist/leaflet.js": ".",
        "dist/leaflet.css": ".",
        "dist/images/*.png": "images",
        "LICENSE": ".",
    },
}
FOLDERS = {"htmx.org": "htmx"}

# The design system's CSS names complete faces of 60 KB each; the Latin split of a face is 17 KB and enough
# for Danish and English. A letter outside it comes from the system's font.
FACES = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
FACE = (
    "@font-face{{font-display:swap;font-family:IBM Plex Sans;font-style:normal;font-weight:{weight};"
    'src:url(../fonts/IBMPlexSans-{name}-Latin1.woff2) format("woff2")}}'
)
SOURCE_MAP = re.compile(r"\n?(/\*|//)# sourceMappingURL=\S+( \*/|\*/)?\s*$")


def main() -> None:
    for package, files in FILES.items():
        folder = TARGET / FOLDERS.get(package, package)
        shutil.rmtree(folder, ignore_errors=True)
        for pattern, place in files.items():
            _copy(PACKAGES / package, pattern, folder / place)
    _write_design_system(PACKAGES / "dkfds" / "dist", TARGET / "dkfds")


def _copy(package: Path, pattern: str, place: Path) -> None:
    found = sorted(package.glob(pattern))
    if not found:
        raise SystemExit(f"{package} has no {pattern}; the list in scripts/assets.py needs a look.")
    place.mkdir(parents=True, exist_ok=True)
    for source in found:
        if source.suffix in {".css", ".js"}:  # the maps they name are not published
            (place / source.name).write_text(SOURCE_MAP.sub("\n", source.read_text("utf-8")), "utf-8")
        else:
            shutil.copyfile(source, place / source.name)


def _write_design_system(source: Path, folder: Path) -> None:
    css = (source / "css" / "dkfds.min.css").read_text("utf-8")
    css = re.sub(r"@font-face\{[^}]*\}", "", SOURCE_MAP.sub("\n", css))
    faces = "".join(FACE.format(name=name, weight=weight) for name, weight in FACES.items())
    (folder / "css").mkdir()
    (folder / "css" / "dkfds.min.css").write_text(faces + css, "utf-8")
    for name in FACES:
        _copy(source, f"fonts/IBMPlexSans/split/woff2/IBMPlexSans-{name}-Latin1.woff2", folder / "fonts")


if __name__ == "__main__":
    main()
