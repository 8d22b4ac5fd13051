"""Checks that locale/ knows every text of the code and that the Danish ones are translated.

Needs no gettext on the machine: templates are read by Django's own lexer, Python by its own parser.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parent.parent
WITHOUT_TEXTS = {"benchmarks", "data", "docs", "locale", "node_modules", "scripts", "static", "tests", "var"}
CONTEXT_FIRST = {"pgettext", "npgettext"}
FUNCTIONS = {"gettext", "ngettext", *CONTEXT_FIRST}
STRING = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?")

type Text = tuple[str | None, str]  # context and message id


def main() -> None:
    texts = set(_texts())
    problems = [problem for language in ("da", "en") for problem in _problems(language, texts)]
    print(*problems, f"{len(texts)} texts, {len(problems)} problems.", sep="\n")
    sys.exit(1 if problems else 0)


def _problems(language: str, texts: set[Text]) -> Iterator[str]:
    path = BASE / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        yield f"{language}: there is no {path.relative_to(BASE)}; run `make messages`"
        return
    with path.open("rb") as file:
        catalogue = {_key(message): message for message in read_po(file, locale=language) if message.id}
    for context, text in sorted(texts, key=str):
        message = catalogue.get((context, text))
        if message is None:
            yield f"{language}: not collected, run `make messages`: {text!r}"
        elif message.fuzzy or (language == "da" and not _translated(message)):
            yield f"{language}: not translated: {text!r}"


def _key(message: Message) -> Text:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _translated(message: Message) -> bool:
    return bool(message.string) if isinstance(message.string, str) else all(message.string or [""])


# Where texts are


def _texts() -> Iterator[Text]:
    for folder in BASE.iterdir():
        if folder.is_dir() and folder.name not in WITHOUT_TEXTS and not folder.name.startswith("."):
            for path in folder.rglob("*.py"):
                yield from _python_texts(path.read_text("utf-8"))
            for path in (*folder.rglob("*.html"), *folder.rglob("*.txt")):
                yield from _template_texts(path)


def _python_texts(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = "gettext" if node.func.id == "_" else re.sub("_(lazy|noop)$", "", node.func.id)
            strings = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if name in FUNCTIONS and strings:
                yield _text(name, *map(str, strings[:2]))


def _template_texts(path: Path) -> Iterator[Text]:
    for name, *strings in CALL.findall(templatize(path.read_text("utf-8"), origin=str(path))):
        yield _text(name, *(ast.literal_eval(string) for string in strings if string))


def _text(name: str, first: str, second: str = "") -> Text:
    return (first, second) if name in CONTEXT_FIRST else (None, first)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
