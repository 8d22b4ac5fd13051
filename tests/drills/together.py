"""What drills share in which several do something at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from curation import actions

PATIENCE = 30  # seconds


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Let them happen at the same moment, each on a connection of its own; what each gave or raised."""
    gate = threading.Barrier(len(acts))
    given: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait(PATIENCE)
        try:
            given[number] = act()
        except actions.Overtaken as told:
            given[number] = told
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "somebody still waits"
    return given
