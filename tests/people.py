"""People for tests: with verified addresses, and their browsers."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User

NUMBERS = count(1)


def person(email: str = "", *, verified: bool = True, **said: Any) -> User:
    """Somebody with an account; the address is confirmed unless a test says otherwise."""
    user = User.objects.create_user(email or f"person-{next(NUMBERS)}@example.org", **said)
    address(user, user.email, verified=verified, primary=True)
    return user


def address(user: User, email: str, *, verified: bool = True, primary: bool = False) -> EmailAddress:
    """One more address of somebody."""
    made: EmailAddress = EmailAddress.objects.create(
        user=user, email=email.lower(), verified=verified, primary=primary
    )
    return made


def browser(user: User) -> Client:
    """Where somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client
