"""`manage.py make_basemap`: write the map's ground, a small GeoJSON of Denmark and its neighbours' coasts."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from places.basemap import cut

SOURCE = "node_modules/world-atlas/countries-10m.json"
OUTPUT = "var/build/static/map/denmark.json"


class Command(BaseCommand):
    """Part of the set-up; the same source always gives the same bytes."""

    help = f"Cuts Denmark and its neighbours out of {SOURCE} (Natural Earth) into {OUTPUT}."

    def handle(self, *args: Any, **options: Any) -> None:
        source, output = settings.BASE_DIR / SOURCE, settings.BASE_DIR / OUTPUT
        try:
            topology = json.loads(source.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise CommandError(f"{SOURCE} is missing; run `npm ci --ignore-scripts` first.") from error
        text = json.dumps(cut(topology), ensure_ascii=False, separators=(",", ":"))
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
        self.stdout.write(f"{OUTPUT}: {len(text.encode()) / 1000:.0f} kB")
