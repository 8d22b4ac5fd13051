"""What is asked of somebody who hands a file in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.fields import Lines

# Beside the kinds of entry: organisations as two registers tell of them in files of their own.
REGISTERS = (
    ("ror", _("Organisations from ROR (its data file, schema 2)")),
    ("cvr", _("Organisations from CVR")),
)


class HandingIn(forms.Form):
    """What a file holds, where it comes from, and the file: last, so that the others are read before it."""

    holds = forms.ChoiceField(label=_("What the file holds"), choices=())
    source = Lines(
        label=_("Where it comes from"), most=500, rows=2,
        help_text=_("Who made the list, and when. It stands as the source of what is new."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The file"), allow_empty_file=True,
        help_text=_("CSV or Excel (.xlsx), at most 10 MB and 10,000 rows, one entry in each row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.json,.zip"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": ""} | options)
        choices = [("", _("Choose")), *Kind.choices, *REGISTERS]
        self.fields["holds"].choices = choices  # type: ignore[attr-defined]
