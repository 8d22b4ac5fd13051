"""Log-in through somebody's own organisation: whose word counts for an e-mail address."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from .models import User


class SocialAdapter(DefaultSocialAccountAdapter):
    """An account is found by its address only where the provider's word for that address is worth something.

    Otherwise whoever can write an address into a directory of theirs would log in as its owner here. An
    unconfirmed address is confirmed by a code in a mail, like every other.
    """

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take over the name, and decide which addresses are confirmed before an account is looked for."""
        _same_person(sociallogin)
        user: User = super().populate_user(request, sociallogin, data)
        user.name = (data.get("name") or "")[:200]
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        for address in sociallogin.email_addresses:
            address.verified = vouched_for(
                address.email,
                claim=_claims(sociallogin).get("email_verified"),
                domains=sociallogin.provider.app.settings.get("domains", []),
            )
        return user


def vouched_for(email: str, *, claim: Any, domains: list[str]) -> bool:
    """Whether a provider's word makes an address confirmed.

    With a list of domains the operator says that the provider hands out the addresses of these itself; the
    provider's word then counts for no others. Without one its claim must be a plain yes: a text that says
    "false" is none.
    """
    if domains:
        return claim is not False and email.rpartition("@")[2].lower() in domains
    return claim is True


def _same_person(sociallogin: SocialLogin) -> None:
    """Token and userinfo must speak of the same person, which OpenID Connect (5.3.2) leaves to us."""
    told = [sociallogin.account.extra_data.get(source) for source in ("userinfo", "id_token")]
    if len({source.get("sub") for source in told if source}) > 1:
        raise OAuth2Error("Token and userinfo speak of different people.")


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    said: dict[str, Any] = sociallogin.account.extra_data
    return said.get("userinfo") or said.get("id_token") or said
