"""The lists of the register by their words in addresses."""

from keeping.lists import LISTS, List, list_at

__all__ = ["LISTS", "List", "list_at"]
