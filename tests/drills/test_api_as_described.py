"""Every address of the API is asked what its description allows and what it does not.

By random questions, and by all that lies at the edges of each parameter.

API_EXAMPLES random questions of each address, 500 unless set.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.opendata import schemathesis_schema as asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("denmark")]
ASKED = "DRILL_ROUNDS" in os.environ or "API_EXAMPLES" in os.environ
described = asking.schema(coverage=ASKED)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    with asking.one_connection():
        yield


if ASKED:  # it takes minutes

    @described.parametrize()
    @asking.so_many(int(os.environ.get("API_EXAMPLES", "500")))
    def test_the_api_does_as_it_says(case: Any) -> None:
        asking.ask(case)
