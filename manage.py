#!/usr/bin/env python
"""Django's command line; starts the embedded PostgreSQL for the command when nothing else runs it."""

import os
import sys

from django.core.management import execute_from_command_line

from config.database import Unavailable, embedded_postgres

WITHOUT_DATABASE = {"check", "collectstatic", "findstatic", "help", "make_basemap", "makemessages", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        if os.environ.get("DATABASE_URL") or _needs_none(sys.argv[1:]):
            execute_from_command_line(sys.argv)
        else:
            with embedded_postgres():
                execute_from_command_line(sys.argv)
    except Unavailable as problem:
        sys.exit(str(problem))


def _needs_none(arguments: list[str]) -> bool:
    return (
        not arguments
        or arguments[0].startswith("-")
        or arguments[0] in WITHOUT_DATABASE
        or "--help" in arguments
    )


if __name__ == "__main__":
    main()
