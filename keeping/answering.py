"""The form behind the link "something has changed": the main facts of an entry, put right in a minute."""

from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.choices import OFFER_OVER
from curation.forms import Section
from missions.choices import NEED_OVER

from .sections import SECTIONS

# What changes most often; the rest is edited when logged in.
MAIN = (
    "phase", "status", "open_to", "deadline", "open_until", "website", "summary_da", "summary_en",
    "conditions_da", "conditions_en", "contact_email",
)  # fmt: skip
# That it is over is told by another link.
OVER = {*NEED_OVER, *OFFER_OVER}


class MainFacts(Section):
    """What the main facts of every kind of entry have in common."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        status: Any = self.fields.get("status")
        if status is not None:
            status.choices = [choice for choice in status.choices if choice[0] not in OVER]

    def clean(self) -> dict[str, Any]:
        """A last day lies ahead, unless it is the one that stands there already."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("deadline", "open_until"):
            day = cleaned.get(name)
            if day and day < timezone.localdate() and day != getattr(self.entry, name, None):
                self.add_error(name, _("Write a day that is still to come."))
        return cleaned


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
    told: dict[str, Any] = {"slug": "main", "title": "", "examples": examples, "of_record": tuple(of_record)}
    told |= {name: fields[name] for name in MAIN if name in fields}
    return type("MainFactsOfAKind", (MainFacts,), told)


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
