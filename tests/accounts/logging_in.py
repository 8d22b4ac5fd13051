"""Steps of logging in and signing up, for tests that need them done."""

import re
import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.post import delivered

PASSWORD = "correct horse battery"
# Two groups of four, as allauth makes its codes.
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)


def log_in(client: Client, email: str, password: str = PASSWORD, prefix: str = "", **more: Any) -> Any:
    return client.post(f"{prefix}/account/login/", {"login": email, "password": password} | more)


def code_from_mail(email: str) -> str:
    """The code in the last mail to somebody."""
    (code,) = CODE.findall(str(delivered(email)[-1].body))
    return str(code)


def digits(secret: str) -> str:
    """What an authenticator app shows now for a key."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, counter)))
