"""Writing to the register: holding entries while one looks at them and writes."""

from .. import search
from ..models import Record


def hold(*records: Record) -> None:
    """Hold entries with all they are tied to until the transaction is over, in one order for everybody.

    What was read of them before may have changed while one waited, so it is to be read again.
    """
    tied = {record.pk for record in records}.union(*(search.linked_to(record) for record in records))
    rows = Record.objects.select_for_update(no_key=True).filter(pk__in=tied)
    list(rows.order_by("pk").values_list("pk"))
