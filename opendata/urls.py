"""The addresses of the register for machines. Those without a language stand outside `i18n_patterns`."""

from django.urls import path

from .views import embeds, linked, machines

app_name = "opendata"

urlpatterns = [
    path("id/<slug:public_id>", machines.stable, name="stable"),
    path("id/<slug:public_id>.jsonld", linked.entry, name="jsonld"),
    path("id/<slug:public_id>/murmurations.json", linked.murmurations, name="murmurations"),
    path("murmurations/index.json", linked.murmurations_index, name="murmurations_index"),
    path("data/catalog.jsonld", linked.catalog_json, name="catalog_jsonld"),
    path("data/catalog.ttl", linked.catalog_turtle, name="catalog_ttl"),
    path("oembed", embeds.oembed, name="oembed"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.site_map, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.site_map_part, name="sitemap_part"),
]
