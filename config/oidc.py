"""Log-in through an organisation's own OpenID Connect provider, as the environment says."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

NEEDED = ("id", "name", "client_id", "client_secret", "server_url")
AT_HOME = ("localhost", "127.0.0.1", "::1")


def providers(env: Env) -> list[dict[str, Any]]:
    """The providers of OIDC_PROVIDERS, and the one of OIDC_NAME, OIDC_CLIENT_ID and so on."""
    listed = env.json("OIDC_PROVIDERS", default=[])
    single = {
        "name": env.str("OIDC_NAME", default=""),
        "client_id": env.str("OIDC_CLIENT_ID", default=""),
        "client_secret": env.str("OIDC_CLIENT_SECRET", default=""),
        "server_url": env.str("OIDC_SERVER_URL", default=""),
    }
    if any(single.values()):
        domains, origins = env.list("OIDC_DOMAINS", default=[]), env.list("OIDC_ORIGINS", default=[])
        listed = [*listed, {"id": "oidc", **single, "domains": domains, "origins": origins}]
    for provider in listed:
        missing = [key for key in NEEDED if not provider.get(key)]
        if missing:
            raise ImproperlyConfigured(f"An OIDC provider lacks {', '.join(missing)}.")
        if not _is_private(provider["server_url"]):
            raise ImproperlyConfigured(f"The OIDC provider {provider['id']} is not asked by https.")
    return listed


def _is_private(url: str) -> bool:
    """Its tokens are fetched from it directly and taken at their word, so nobody may stand in between."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)


def apps(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as allauth wants it."""
    return [
        {
            "provider_id": provider["id"],
            "name": provider["name"],
            "client_id": provider["client_id"],
            "secret": provider["client_secret"],
            "settings": {
                "server_url": provider["server_url"],
                "domains": [domain.lower() for domain in provider.get("domains", [])],
                "oauth_pkce_enabled": True,
            },
        }
        for provider in listed
    ]


def origins(listed: list[dict[str, Any]]) -> list[str]:
    """Where a log-in form may lead: browsers apply the policy to every redirect that follows a form."""
    addresses = (url for provider in listed for url in (provider["server_url"], *provider.get("origins", [])))
    return list(dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in addresses))
