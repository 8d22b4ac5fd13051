"""Who reads and writes by machine, who is told of changes, and the nightly dumps."""

from .dumps import Dump, DumpPart
from .tokens import ForeignId, Token
from .webhooks import Delivery, Webhook

__all__ = ["Delivery", "Dump", "DumpPart", "ForeignId", "Token", "Webhook"]
