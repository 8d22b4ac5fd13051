"""What is sent: the entry as the API tells it at that moment; only its id once it is gone."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from curation.models import Record
from curation.reference import Reference
from mail.links import absolute

from ..api.entries import SCHEMAS, tell, with_entry
from ..choices import Change
from ..models import Delivery
from ..stable import stable_path

MOST_BYTES = 64 * 1024
TEST = "test"


def body_of(delivery: Delivery) -> bytes:
    """The body of a try; made anew for each, so that nothing is sent that is not public any more."""
    if delivery.record is None or delivery.event is None:
        return _bytes({"id": None, "change": TEST, "at": timezone.now(), "url": absolute("/"), "entry": None})
    told = {
        "id": delivery.record.public_id,
        "change": delivery.change,
        "at": delivery.event.at,
        "url": absolute(stable_path(delivery.record)),
        "entry": None if delivery.change == Change.LEFT else _entry(delivery.record),
    }
    body = _bytes(told)
    return body if len(body) <= MOST_BYTES else _bytes(told | {"entry": None})


def _entry(record: Record) -> dict[str, Any] | None:
    rows = Record.objects.shown().published().filter(pk=record.pk)
    found = with_entry(record.kind, rows).first()
    if found is None:
        return None
    (said,) = tell([found], Reference.now())
    told: dict[str, Any] = SCHEMAS[record.kind](**said).model_dump()
    return told


def _bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
