"""The five kinds of value of something, those nobody has told of among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from curation.sources import Source, sources

from .choices import ValueKind
from .models import Value


@dataclass(frozen=True)
class Worth:
    """A kind of value, and what is known of it; nothing where nobody has told."""

    kind: str
    label: Any
    value: Value | None

    @property
    def sources(self) -> Sequence[Source]:
        return sources(self.value.source) if self.value else []


def worth_of(values: Iterable[Value]) -> list[Worth]:
    """All five kinds in their order."""
    told = {value.kind: value for value in values}
    return [Worth(kind.value, kind.label, told.get(kind.value)) for kind in ValueKind]
