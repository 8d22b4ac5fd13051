"""The site as it is on one's own machine: with the pages that show its mails."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import urls
from mail.urls import PAGES

urlpatterns = [
    *i18n_patterns(path("", include((PAGES, "mail"))), prefix_default_language=False),
    *urls.urlpatterns,
]
