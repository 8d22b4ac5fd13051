"""The form behind the link "something has changed": the main facts of an entry, put right in a minute."""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from curation.forms import Section

from .sections import SECTIONS

# What changes most often; the rest is edited when logged in.
MAIN = ("phase", "open_to", "website", "summary_da", "summary_en", "contact_email")


@cache
def main_facts(kind: str) -> type[Section]:
    """The main facts of a kind of entry as one section, with the fields of its own sections."""
    fields: dict[str, Any] = {}
    examples: dict[str, Any] = {}
    of_record: list[str] = []
    for section in SECTIONS[kind]:
        fields |= {name: field for name, field in section.base_fields.items() if name in MAIN}
        examples |= {name: text for name, text in section.examples.items() if name in MAIN}
        of_record += [name for name in section.of_record if name in MAIN]
    told = {"slug": "main", "title": "", "examples": examples, "of_record": tuple(of_record)}
    return type("MainFacts", (Section,), {**told, **{name: fields[name] for name in MAIN if name in fields}})


def fits(section: Section, entry: Any) -> bool:
    """Put on the entry what was typed; what does not go together is told in the section's errors."""
    if not section.is_valid():
        return False
    section.write(entry)
    try:
        entry.full_clean()
    except ValidationError as problem:
        for name, errors in problem.error_dict.items():
            section.add_error(name if name in section.fields else None, errors)
    return not section.errors


def save(section: Section, entry: Any) -> None:
    """Write what fits. A new address to write to counts as confirmed by whoever typed it."""
    record, columns = entry.record, list(section.of_record)
    if "contact_email" in section.changed_data:
        record.contact_confirmed_at = timezone.now() if record.contact_email else None
        columns.append("contact_confirmed_at")
    record.save(update_fields=columns)
    entry.save()
