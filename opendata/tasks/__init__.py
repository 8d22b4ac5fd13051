"""What the worker does by itself for the register's readers by machine; each file is imported here."""

from . import dumps, throttle, tokens, webhooks

__all__ = ["dumps", "throttle", "tokens", "webhooks"]
