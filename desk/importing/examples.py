"""Files to begin with: the columns of a kind, two examples to write over, and what each column holds.

What is typed in the examples of the forms stands in the examples here; what they leave open stands in `SAID`,
in codes. An entry that another has to name, as a trial its lab, is one of the register's own.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from curation.spreadsheet import sheet
from keeping.columns import Column, Look, columns_of
from keeping.columns.saying import place_called, theme_called

FORMS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE, NARROW = 40, 18
BETWEEN = "; "

type Said = Mapping[str, str | Sequence[str]]

AT_HOME: Said = {"themes": ["dementia", "ageing"], "places": ["0751"]}
BRIEF: Said = {"themes": ["loneliness"], "places": ["0461"]}
SAID: Mapping[str, tuple[Said, Said]] = {
    Kind.LAB: (
        {
            **AT_HOME, "website": "https://www.example.dk/lys", "latitude": "56.1567", "longitude": "10.2108",
            "phase": "running", "start_year": "2023", "setting": "care_home", "form": "institution",
            "driver": "enabler", "methods": ["interview", "real_life_trial"],
            "open_to": ["research", "visits"],
        },
        {**BRIEF, "phase": "idea"},
    ),
    Kind.ACTOR: (
        {
            "type": "municipal_unit", "side": "pull", "website": "https://www.example.dk/solbakken",
            "places": ["0751"],
        },
        {"type": "company", "side": "push"},
    ),
    Kind.MISSION: (
        {
            "themes": ["homelessness"], "places": ["0751"], "level": "municipal", "phase": "running",
            "start_year": "2026", "target_year": "2030", "decided_by": "council", "decided_on": "2026-03-12",
        },
        {**BRIEF, "level": "municipal"},
    ),
    Kind.NEED: (
        {**AT_HOME, "type": "solution", "status": "open"},
        {**BRIEF, "type": "partner_research"},
    ),
    Kind.OFFER: (
        {"type": "research", "themes": ["home-care"], "places": ["0461"], "status": "open"},
        {"type": "students", "themes": ["loneliness"]},
    ),
    Kind.TRIAL: (
        {
            **AT_HOME, "setting": "care_home", "methods": ["interview", "real_life_trial"],
            "stage": "implement", "started_on": "2026-01",
        },
        {**BRIEF},
    ),
    Kind.SOLUTION: (
        {
            **AT_HOME, "types": ["product", "process_org"], "novelty": "incremental", "stage": "trial",
            "new_here": "True", "idea_on": "2023-10", "waiting_for": ["money"], "operable": "partly",
            "contributors": ["employees", "citizens"], "reuse": "adapted", "quality_evidence": "counted",
            "quality_year": "2026", "quality_source": "https://www.example.dk/lys",
        },
        {**BRIEF, "types": ["service"], "stage": "idea"},
    ),
}  # fmt: skip


def table_of(kind: str, language: str) -> list[list[str]]:
    """The names of the columns, and the examples as a file of this language has them."""
    if kind not in SAID:
        raise Http404
    columns = _asked(kind)
    with translation.override(language):
        writer = _Writer(kind, language)
        rich, brief = SAID[kind]
        return [
            [column.label(language) for column in columns],
            [writer.cell(column, rich, _("EXAMPLE, write over it"), typed=True) for column in columns],
            [writer.cell(column, brief, _("EXAMPLE with little in it"), typed=False) for column in columns],
        ]


def _asked(kind: str) -> list[Column]:
    return [column for column in columns_of(kind) if not column.only_told]


def csv_of(kind: str, language: str) -> str:
    """The file as CSV that Danish Excel opens."""
    return sheet(table_of(kind, language))


def xlsx_of(kind: str, language: str) -> bytes:
    """The file as Excel, with a second sheet that explains each column."""
    with translation.override(language):
        book = Workbook()
        _fill(book.active, str(Kind(kind).label), table_of(kind, language), wide=lambda row: NARROW)
        explained = [
            [_("Column"), _("In the open data"), _("Has to be filled"), _("What it holds"), _("One of")]
        ]
        explained += [_explained(column, language) for column in _asked(kind)]
        _fill(book.create_sheet(), _("Columns"), explained, wide=lambda at: WIDE if at > 2 else NARROW * 1.5)
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _fill(made: Any, title: str, rows: Sequence[Sequence[str]], *, wide: Any) -> None:
    made.title = title[:31]
    for row in rows:
        made.append(list(row))
    for at, cells in enumerate(made.iter_cols()):
        made.column_dimensions[get_column_letter(at + 1)].width = wide(at)
        for cell in cells:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells[0].font = Font(bold=True)
    made.freeze_panes = "B2"


def _explained(column: Column, language: str) -> list[str]:
    hint = str(column.field.help_text) if column.look in (Look.TEXT, Look.LINES) and column.field else ""
    holds = " ".join(part for part in (str(_holds()[column.look]), hint) if part)
    options = BETWEEN.join(column.options(language).values())
    return [column.label(language), column.name, _("Yes") if column.required else "", holds, options]


def _holds() -> Mapping[str, str]:
    """What a cell of each sort of column holds."""
    return {
        Look.ID: _("Empty for a new entry. The public id of an entry changes that entry."),
        Look.TEXT: _("Text in one line."),
        Look.LINES: _("Text."),
        Look.CHOICE: _("One of the words beside."),
        Look.CHOICES: _("One or several of the words beside, parted by a semicolon."),
        Look.DATE: _("A day: 22.11.2026 or 2026-11-22."),
        Look.MONTH: _("A month: 11.2026 or 2026-11."),
        Look.YEAR: _("A year in four digits."),
        Look.DEGREES: _("Degrees, with a comma or a point: 56,1567."),
        Look.ENTRY: _("An entry by its name or its public id; an organisation also by CVR or ROR."),
        Look.THEMES: _("One to five themes by name, parted by a semicolon; the first is the main one."),
        Look.PLACES: _("Places by name or code, parted by a semicolon."),
    }


class _Writer:
    """Writes what the examples say as a file of one language says it."""

    def __init__(self, kind: str, language: str) -> None:
        self.kind, self.language = kind, language
        self.reference = Reference.now()

    def cell(self, column: Column, said: Said, mark: str, *, typed: bool) -> str:
        if column.name == "name_da":
            name = self._typed(column) or _("Light at Solbakken")
            return f"{mark}: {name}"
        if column.name == "source":
            return mark
        if column.name in said:
            value = said[column.name]
            words = [value] if isinstance(value, str) else value
            return BETWEEN.join(filter(None, (self._word(column, word) for word in words)))
        if column.look == Look.ENTRY:
            return self._one_of(column) if column.required else ""
        return self._typed(column) if typed or column.required else ""

    def _word(self, column: Column, word: str) -> str:
        match column.look:
            case Look.CHOICE | Look.CHOICES:
                return column.options(self.language)[word]
            case Look.THEMES:
                return (
                    theme_called(word, self.language, self.reference)
                    if word in self.reference.theme_at
                    else ""
                )
            case Look.PLACES:
                return (
                    place_called(word, self.language, self.reference)
                    if word in self.reference.place_at
                    else ""
                )
            case Look.DEGREES if self.language == "da":
                return word.replace(".", ",")
        return word

    def _typed(self, column: Column) -> str:
        """The example of the form, in the language of the column."""
        if column.section is None or column.look not in (Look.TEXT, Look.LINES):
            return ""
        name, language = column.name, self.language
        if name.endswith(("_da", "_en")):
            name, language = f"{name[:-3]}_da", name[-2:]
        with translation.override(language):
            return str(column.section.examples.get(name, ""))

    def _one_of(self, column: Column) -> str:
        """An entry that is in the register, so that the example can be read as it is."""
        record = Record.objects.published().of_kind(column.of).order_by("pk").first()
        return f"{record.name} ({record.public_id})" if record else ""
