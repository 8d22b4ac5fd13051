"""The addresses of keeping entries, by what is done there."""

from . import entry_urls, fresh_urls, people_urls, register_urls

app_name = "keeping"

urlpatterns = [
    *register_urls.urlpatterns,
    *people_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *fresh_urls.urlpatterns,
]
