"""Each rule the database keeps of what machines leave here, broken once (tests/curation/test_constraints)."""

from collections.abc import Callable, Mapping
from typing import Any

BREAKS: Mapping[str, Callable[[], Any]] = {}
