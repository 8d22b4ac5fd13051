"""Full addresses for mails: their host comes from the settings and never from a request."""

from django.conf import settings


def absolute(path: str, language: str | None = None) -> str:
    """The full address of a path on this site; with `language`, of that page in that language.

    `absolute("/en/labs/x/", "da")` and `absolute("/labs/x/", "da")` are the same address.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{path!r} is no path on this site.")
    return settings.BASE_URL + (path if language is None else _in_language(path, language))


def _in_language(path: str, language: str) -> str:
    for code, _name in settings.LANGUAGES:
        if f"{path}/".startswith(f"/{code}/"):
            path = path.removeprefix(f"/{code}") or "/"
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
