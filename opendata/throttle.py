"""How often the API may be asked: so many requests a minute for each client, counted for all processes.

One statement counts a request. Kept answers and unchanged ones (304) are given before anything is counted.
A client is a token, or else a keyed digest of the address it comes from.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

from keeping.throttle import client_of

from .models import Asking, Token

WINDOW_SECONDS = 60
COUNT = """
INSERT INTO "opendata_asking" AS known (client, "window", number) VALUES (%s, %s, 1)
ON CONFLICT (client) DO UPDATE SET "window" = excluded."window",
    number = CASE WHEN known."window" = excluded."window" THEN known.number + 1 ELSE 1 END
RETURNING number
"""


@dataclass(frozen=True)
class Rate:
    """How often a client may ask in a minute, how often it has, and the seconds until it may again."""

    policy: str
    limit: int
    asked: int
    seconds: int

    @property
    def allowed(self) -> bool:
        return self.asked <= self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers writes it."""
        left = max(self.limit - self.asked, 0)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.policy}";r={left};t={self.seconds}',
        }


def count(request: HttpRequest, token: Token | None) -> Rate | None:
    """Count one more; nothing where there is no limit, or where nothing can be counted just now."""
    limit = settings.API_PER_MINUTE_WITH_TOKEN if token else settings.API_PER_MINUTE
    if not limit:
        return None
    now = int(timezone.now().timestamp())
    client = f"token:{token.pk}" if token else client_of(request)
    try:
        asked = _counted(client, now // WINDOW_SECONDS)
    except DatabaseError:  # a full disk or a copy one can only read: reading goes on
        return None
    return Rate("token" if token else "everybody", limit, asked, WINDOW_SECONDS - now % WINDOW_SECONDS)


def forget(before_seconds: int = 10 * WINDOW_SECONDS) -> int:
    """Remove what windows long past counted; how many clients that were."""
    oldest = int(timezone.now().timestamp()) - before_seconds
    number, _by = Asking.objects.filter(window__lt=oldest // WINDOW_SECONDS).delete()
    return number


def _counted(client: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [client, window])
        return int(cursor.fetchone()[0])
