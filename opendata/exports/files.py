"""What a list's file holds in each of its forms."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.models import Record
from curation.querysets import slim
from curation.reference import Reference
from keeping.columns import cells_of, columns_of
from keeping.history.events import MODELS
from mail.links import absolute

from ..api.entries import tell, with_entry
from ..api.site import LICENCE
from . import geojson, table, xlsx
from .order import Found, in_batches


def name_of(found: Found, ending: str) -> str:
    """What the file is called on the machine of who fetches it."""
    return f"stedkraft-{found.listed.kind}s-{timezone.localdate()}.{ending}"


def csv_of(found: Found) -> Iterator[bytes]:
    return table.table(_heads(found), _rows(found))


def xlsx_of(found: Found) -> Iterator[bytes]:
    label, day = str(found.listed.label), timezone.localdate()
    licence = _("CC BY 4.0. Say “Stedkraft”, and name the source of each entry you use.")
    about = xlsx.About(label, f"Stedkraft: {label}, {day}", f"{licence} {_address(found)}")
    return xlsx.workbook(about, _heads(found), _rows(found))


def geojson_of(found: Found) -> Iterator[bytes]:
    kind, reference = found.listed.kind, Reference.now()
    about = {
        "name": f"{kind}s", "license": LICENCE, "list": _address(found), "made_on": timezone.localdate(),
    }  # fmt: skip

    def read(ids: Sequence[int]) -> Any:
        return with_entry(kind, Record.objects.published().filter(pk__in=ids))

    batches = in_batches(found.ids(), read)
    return geojson.collection(about, (tell(some, reference) for some in batches))


def _heads(found: Found) -> list[str]:
    language = _language()
    return [column.heading(language) for column in columns_of(found.listed.kind, public=True)]


def _rows(found: Found) -> Iterator[list[list[str]]]:
    """In the language of the moment, which is the file's. Their order is read at once."""
    kind, language = found.listed.kind, _language()
    columns, model = columns_of(kind, public=True), MODELS[kind]

    def read(ids: Sequence[int]) -> Any:
        entries: Any = model._default_manager  # noqa: SLF001 - of whatever kind
        return entries.published().filter(pk__in=ids).select_related("record").defer(*slim("record__"))

    return (cells_of(entries, columns, language) for entries in in_batches(found.ids(), read))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _address(found: Found) -> str:
    """Where the list is read."""
    query = found.browse.query
    return absolute(found.listed.path) + (f"?{query}" if query else "")
