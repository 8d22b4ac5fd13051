"""The addresses of the register for machines. Those without a language stand outside `i18n_patterns`."""

from django.urls import path

from .views import machines

app_name = "opendata"

urlpatterns = [
    path("id/<slug:public_id>", machines.stable, name="stable"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.site_map, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.site_map_part, name="sitemap_part"),
]
