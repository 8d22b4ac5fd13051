"""What an entry said before a file changed it, kept so that it can say so again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curation.forms import Words
from curation.models import Record
from curation.reference import Reference
from keeping.columns import Told
from labs.forms.values import PARTS, VALUE_FIELDS
from labs.models import Value

from ..merging.pointing import standing
from .binding import said_by
from .writing import OF_RECORD


@dataclass(frozen=True)
class Before:
    """An entry's columns, its record's, and its themes, places and values in the words of the forms."""

    entry: Any
    columns: Mapping[str, Any]
    record: Mapping[str, Any]
    words: Words

    @classmethod
    def of(cls, entry: Any, told: Told) -> "Before":
        record = {name: getattr(entry.record, name) for name in OF_RECORD}
        return cls(entry, said_by(entry), record, told.words[entry.pk])

    def record_differs(self, record: Record) -> list[str]:
        """The columns of the record that say something else now."""
        return [name for name, value in self.record.items() if getattr(record, name) != value]

    def only(self, changed: Sequence[str], touched: Collection[str]) -> dict[str, Any]:
        """Of what changed, as JSON holds it."""
        hung = [name for name in ("themes", "places", *VALUE_FIELDS) if name in touched]
        return {
            "columns": {name: _plain(self.columns[name]) for name in changed if name in self.columns},
            "record": {name: _plain(self.record[name]) for name in changed if name in self.record},
            "words": {name: self.words[name] for name in hung},
        }


def put_back(entry: Any, before: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Let an entry and its record say what they said; gives the columns of each that are to be saved."""
    for holder, said in ((entry, before["columns"]), (entry.record, before["record"])):
        for name, value in said.items():
            column = holder._meta.get_field(name)  # noqa: SLF001 - Django's own name for it
            said_before = column.to_python(value) if value is not None else None
            setattr(holder, column.attname, standing(column, said_before, [entry.pk]))
    return list(before["columns"]), list(before["record"])


def ids_before(before: Mapping[str, Any], reference: Reference) -> Mapping[str, list[int]]:
    """The themes and places it had, where they were changed."""
    words, found = before["words"], {}
    if "themes" in words:
        found["themes"] = [reference.theme_at[one].pk for one in words["themes"]]
    if "places" in words:
        found["places"] = [reference.place_at[one].pk for one in words["places"]]
    return found


def values_before(before: Mapping[str, Any], kinds: Collection[str]) -> list[Value]:
    """The values it had, of some kinds."""
    found = []
    for kind in kinds:
        said = {part: "".join(before["words"].get(f"{kind}_{part}", ())) for part in PARTS}
        if said["evidence"]:
            year = int(said["year"]) if said["year"] else None
            found.append(Value(kind=kind, **said | {"year": year}))
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
