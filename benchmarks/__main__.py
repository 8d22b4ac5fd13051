"""`python -m benchmarks`: makes the registers, asks the 20 questions, says which targets were met."""

import argparse
import os
import sys

SMALL, LARGE, QUICK = 10_000, 100_000, 2_000
TIMES = 10  # as large a register is only reported
SEED = 1
# A question that is answered from the cache, or refused because too many were asked, measures nothing.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings", "CACHE_PAGES": "0", "DEBUG": "0", "API_PER_MINUTE": "0",
}  # fmt: skip


def main() -> None:
    options = _options()
    import django  # noqa: PLC0415

    django.setup()
    from .run import run  # noqa: PLC0415

    sizes = [QUICK // 10, QUICK] if options.quick else [SMALL, options.size]
    sys.exit(run(sizes, times=TIMES if options.million else None, seed=SEED))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, default=LARGE, help="labs of the register that is judged")
    parser.add_argument("--million", action="store_true", help="report one ten times as large as well")
    parser.add_argument("--quick", action="store_true", help="small registers, only to see that it runs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
