"""Every address of the site: Danish without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config import health
from opendata.api import api_urls

admin.site.site_header = admin.site.site_title = "Stedkraft"

urlpatterns = [
    path("livez", health.live, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("opendata.urls")),
    path("", include("opendata.dump_urls")),
    path("api/v1/", api_urls),
    *i18n_patterns(
        path("", include("ecosystem.urls")),
        path("", include("ecosystem.place_urls")),
        path("", include("ecosystem.network_urls")),
        path("", include("ecosystem.theme_urls")),
        path("", include("ecosystem.shift_urls")),
        path("", include("ecosystem.reuse_urls")),
        path("", include("actors.urls")),
        path("", include("actors.offer_urls")),
        path("", include("missions.urls")),
        path("", include("missions.need_urls")),
        path("", include("labs.urls")),
        path("", include("labs.trial_urls")),
        path("", include("labs.solution_urls")),
        path("", include("accounts.urls")),
        path("account/", include("allauth.urls")),
        path("", include("keeping.urls")),
        path("", include("outreach.urls")),
        path("", include("desk.urls")),
        path("", include("opendata.feed_urls")),
        path("", include("opendata.export_urls")),
        path("", include("opendata.account_urls")),
        path("", include("opendata.data_urls")),
        path("", include("opendata.embed_urls")),
        path("", include("opendata.reference_urls")),
        path("", include("mail.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler429 = "config.errors.too_many_requests"  # asked for by allauth
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
