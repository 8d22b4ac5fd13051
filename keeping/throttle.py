"""How often somebody without an account may send something: for each client, and for everybody together.

Counted in the cache that all processes share. A client is known by a keyed digest of its address, which is
gone when the window ends.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 3600


def client_of(request: HttpRequest) -> str:
    """Whose request it is: the address logging in counts by, as a digest."""
    address = get_adapter(request).get_client_ip(request)
    digest: str = salted_hmac("keeping.throttle", address, algorithm="sha256").hexdigest()
    return digest[:32]


def allowed(action: str, request: HttpRequest, *, each: int, together: int) -> bool:
    """Count one more; no if the client, or all clients, have done it too often this hour."""
    hour = int(timezone.now().timestamp()) // WINDOW_SECONDS
    mine = _counted(f"{action}:{client_of(request)}:{hour}")
    return mine <= each and _counted(f"{action}:all:{hour}") <= together


def allowed_for(action: str, who: str, *, each: int) -> bool:
    """The same for somebody who is known by a word, such as the number of a token."""
    return _counted(f"{action}:{who}:{int(timezone.now().timestamp()) // WINDOW_SECONDS}") <= each


def _counted(key: str) -> int:
    cache = caches["default"]
    if cache.add(key, 1, timeout=WINDOW_SECONDS):
        return 1
    try:
        number: int = cache.incr(key)
    except ValueError:  # it ran out in between
        number = 1
        cache.set(key, number)
    cache.touch(key, WINDOW_SECONDS)  # counting on gives it the cache's usual five minutes
    return number
