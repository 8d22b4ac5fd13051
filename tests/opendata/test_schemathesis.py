"""What the API's description allows, and what it does not; `make drills` asks far more."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.opendata import schemathesis_schema as asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("denmark")]
described = asking.schema(coverage=False)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    with asking.one_connection():
        yield


@described.parametrize()
@asking.so_many(1)
def test_it_does_as_it_says(case: Any) -> None:
    asking.ask(case)


def test_every_address_is_asked() -> None:
    assert len(list(described.get_all_operations())) > 50
