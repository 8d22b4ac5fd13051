"""`python -m benchmarks.relevance`: asks the judged queries, prints how good the answers are.

Ends with 1 where a promise does not hold.
"""

import argparse
import os
import sys

os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0"}


def main() -> None:
    options = _options()
    import django  # noqa: PLC0415

    django.setup()
    from . import partners, register, report  # noqa: PLC0415
    from .promises import keep, missed  # noqa: PLC0415
    from .run import measure  # noqa: PLC0415

    with register.denmark():
        measured = measure()
    if options.misses:
        print("\n".join([*report.misses(measured.asked), *partners.misses(measured.projects)]), "\n")
    print(report.table(measured), partners.table(measured.projects), sep="\n\n")
    if options.keep:
        keep(measured)
    problems = missed(measured)
    print("\n" + "\n".join(problems or ["Every promise holds."]))
    sys.exit(bool(problems))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make relevance", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show what was expected and what came")
    parser.add_argument("--keep", action="store_true", help="make the figures the baseline for later runs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
