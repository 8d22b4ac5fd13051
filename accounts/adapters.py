"""What we do otherwise than allauth: mails go through the outbox, addresses follow the account's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from mail import outbox
from mail.links import absolute

from .models import User

# Mails we have words of our own for, by allauth's names for them.
OWN = {
    "email_confirmation": "email_confirmation",
    "email_confirmation_signup": "email_confirmation",
    "login_code": "login_code",
    "password_reset_code": "password_reset_code",
    "unknown_account": "unknown_account",
    "account_already_exists": "account_already_exists",
}


class Site:
    """How the register calls itself in allauth's texts; never what a request says its host is."""

    name = "Stedkraft"
    domain = settings.BASE_URL

    def __str__(self) -> str:
        return self.name


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail, with the register's own mail and languages."""

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put our text, or else allauth's, into the outbox, in the account's language where there is one."""
        language = _language_of(email, context.get("user"))
        own = OWN.get(template_prefix.rpartition("/")[2])
        with translation.override(language):
            if own:
                text = _said(email, context)
            else:
                said = {"email": email, "current_site": Site()} | context
                letter = self.render_mail(template_prefix, email, said)
                text = {"subject": letter.subject, "text": letter.body}
        outbox.send(f"accounts/{own or 'account'}", to=email, language=language, context=text)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom the trusted proxies name; whoever came past them is known by the connection."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META["REMOTE_ADDR"])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """One's own page, in the language of the account; an address asked for before takes precedence."""
        with translation.override(request.user.language):  # type: ignore[union-attr]
            return reverse(settings.LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("ecosystem:home")

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account speaks the language it was made in."""
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved


def _language_of(email: str, user: Any) -> str:
    """The account's, or else the page's."""
    if not isinstance(user, User):
        known = EmailAddress.objects.filter(email=email.lower()).select_related("user")
        user = next((address.user for address in known.order_by("-verified", "pk")[:1]), None)
    return str(user.language if user else translation.get_language() or settings.LANGUAGE_CODE)


def _said(email: str, context: dict[str, Any]) -> dict[str, Any]:
    """What our own mails say; addresses are the register's, whatever host was asked."""
    return {
        "email": email,
        "code": context.get("code", ""),
        "signup": absolute(reverse("account_signup")),
        "login": absolute(reverse("account_request_login_code")),
    }
