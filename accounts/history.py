"""What the history of entries keeps of a request: who it was, and nothing else."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class PersonHistoryMiddleware(HistoryMiddleware):
    """Notes a person's number with every change.

    The address of the page is left out: it can hold a token from a mail, and history is never deleted.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": super().get_context(request)["user"]}
