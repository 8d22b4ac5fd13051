"""Who reads and writes by machine, who is told of changes, and the nightly dumps."""

from .asking import Asking
from .dumps import Dump, DumpPart
from .tokens import ForeignId, Token
from .webhooks import Delivery, Inside, Webhook

__all__ = ["Asking", "Delivery", "Dump", "DumpPart", "ForeignId", "Inside", "Token", "Webhook"]
