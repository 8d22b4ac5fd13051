"""The addresses of keeping entries, by what is done there."""

from . import adopting_urls, entry_urls, fresh_urls, mirror_urls, people_urls, register_urls

app_name = "keeping"

urlpatterns = [
    *register_urls.urlpatterns,
    *people_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *fresh_urls.urlpatterns,
    *adopting_urls.urlpatterns,
    *mirror_urls.urlpatterns,
]
