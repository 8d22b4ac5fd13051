"""The cast of the tests: whom they can log in as, and what each may do by themselves."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User

CAST = ("owner", "colleague", "stranger", "researcher", "steward", "curator")


@pytest.mark.parametrize("name", CAST)
def test_everybody_has_a_confirmed_address(request: pytest.FixtureRequest, name: str) -> None:
    user: User = request.getfixturevalue(name)
    confirmed = EmailAddress.objects.get(user=user)
    assert (confirmed.email, confirmed.verified, confirmed.primary) == (user.email, True, True)
    assert user.is_curator == (name == "curator")
    assert not user.is_staff
    assert not user.is_superuser


def test_owner_and_colleague_belong_together(owner: User, colleague: User, stranger: User) -> None:
    domains = [user.email.partition("@")[2] for user in (owner, colleague, stranger)]
    assert domains[0] == domains[1] != domains[2]
