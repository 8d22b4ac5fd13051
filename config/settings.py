"""All settings, read from the environment; without any of them the product runs locally from `var`."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config.build import build_id
from config.database import connection_settings, is_embedded
from config.mailers import mailers
from config.oidc import apps as oidc_apps
from config.oidc import origins as oidc_origins
from config.oidc import providers as oidc_providers

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
TESTING = "PYTEST_VERSION" in os.environ
DEBUG = env.bool("DEBUG", default=False)
BUILD = build_id(BASE_DIR)


# Who we are, and who may ask


def local_secret() -> str:
    """The key that the set-up wrote for this machine; a server is given its own in the environment."""
    try:
        return (VAR_DIR / "secret_key").read_text().strip()
    except OSError:
        raise ImproperlyConfigured(
            "Set SECRET_KEY, or run `make setup` to have one written to var/."
        ) from None


SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret()
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname or "localhost"])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ENCRYPTED = BASE_URL.startswith("https://")


# What is installed

INSTALLED_APPS = [
    "mail",
    "accounts",
    "places",
    "curation",
    "actors",
    "missions",
    "labs",
    "ecosystem",
    "keeping",
    "outreach",
    "desk",
    "opendata",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_filters",
    "pghistory",
    "pgtrigger",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "opendata.embeds.middleware.CookielessMiddleware",
    "curation.caching.KeptPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.SanityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.HostMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.interrupted.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.history.PersonHistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "mail",  # texts, where nothing is escaped
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]


# In a signed cookie, so that a page for readers never asks for a session to look for messages.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
FORM_RENDERER = "config.forms.DkfdsRenderer"


# Database and people

DATABASES = {"default": connection_settings(testing=TESTING)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "keeping:home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Accounts (django-allauth): codes instead of links, so that a scanner that follows links uses nothing up

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# As the pages say; a mail may take its time.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# How often what may be tried: per client (ip), per address typed, known here or not (key), per account
# (user). The answer to more is 429, or a word in the form. A whole municipality may come from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "confirm_email": "1/10s/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Stedkraft"
MFA_FORMS = {"add_webauthn": "accounts.keys.AddKeyForm", "edit_webauthn": "accounts.keys.EditKeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENCRYPTED  # browsers allow it on localhost alone
# Asked of curators and administrators wherever the register is reached over an encrypted line.
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=ENCRYPTED)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Log-in through one's own organisation (docs/login.md); whose word counts for an address: accounts/social.py
OIDC = oidc_providers(env)
SOCIALACCOUNT_ADAPTER = "accounts.social.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(OIDC)}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


# Mail and jobs: a worker delivers what was committed (mail/outbox.py)

# On one's own machine mails are files, and /mail/ shows them; anywhere else they leave.
SMTP_URL = env.str("SMTP_URL", default="")
LOCAL_MAIL = (is_embedded() or DEBUG) and not (SMTP_URL or ENCRYPTED or TESTING)
MAILERS = mailers(SMTP_URL, local=VAR_DIR / "mail" if LOCAL_MAIL else None)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or f"Stedkraft <no-reply@{urlsplit(BASE_URL).hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
URLIZE_ASSUME_HTTPS = True
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 1,  # so that a worker that dies repeats one mail at most
    "shutdown_graceful_timeout": 5,
}


# Enquiries the whole register passes on in an hour; each owner's and sender's limits are in the code.
ENQUIRIES_PER_HOUR = env.int("ENQUIRIES_PER_HOUR", default=200)


# Requests to the API in a minute, for each client without a token and for each token; 0 is no limit. Tests
# set their own, for there reading writes nothing.
API_PER_MINUTE = env.int("API_PER_MINUTE", default=0 if TESTING else 60)
API_PER_MINUTE_WITH_TOKEN = env.int("API_PER_MINUTE_WITH_TOKEN", default=0 if TESTING else 600)


# Webhooks (opendata/webhooks/) go to the open internet only; on a developer's machine to itself as well.
WEBHOOK_ALLOW_LOCAL = env.bool("WEBHOOK_ALLOW_LOCAL", default=DEBUG or TESTING)


# Language and time: the language is the address (/labs/ or /en/labs/), nothing is guessed

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"


# Static files: our own, and what the set-up took out of the npm packages

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    folder for folder in (BASE_DIR / "static", VAR_DIR / "build" / "static") if folder.is_dir()
]
SERVE_SOURCES = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SERVE_SOURCES
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = SERVE_SOURCES
WHITENOISE_KEEP_ONLY_HASHED_FILES = True


# Headers: nothing inline, nobody else contacted, nothing framed

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *oidc_origins(OIDC)],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENCRYPTED
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENCRYPTED else 0
# A promise for a whole domain is its owner's to make: the register mostly stands on one name among many.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_WHOLE_DOMAIN", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked by the machine itself, without encryption
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["desk.importing.uploading.BoundedUploadHandler"]  # on every page: in memory, 10 MB


# Logs: warnings to the console, never a body, a token or a person's address

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "INFO" if DEBUG else "WARNING"},
        "django.request": {"level": "ERROR"},  # a 404 is not an event
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}


# Pages for readers without a session are kept until the register's version changes (curation/caching.py)

CACHE_PAGES = env.bool("CACHE_PAGES", default=not (DEBUG or TESTING))
# Themes and places are kept in memory for as long as that version stands (curation/reference.py)
KEEP_REFERENCE = not TESTING
CACHES = {
    # What all processes must agree on, such as how often somebody tried to log in: in the database
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Pages, in the memory of each process
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}


# The authority that runs the register: its accessibility statement from WAS-Tool, and how to reach it

ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", default="")
OPERATOR_CONTACT = env.str("OPERATOR_CONTACT", default="")
