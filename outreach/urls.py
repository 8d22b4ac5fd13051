"""The addresses of what a reader keeps and writes, by what is done there."""

from . import enquiry_urls, saved_urls, shortlist_urls

app_name = "outreach"

urlpatterns = [
    *shortlist_urls.urlpatterns,
    *saved_urls.urlpatterns,
    *enquiry_urls.urlpatterns,
]
