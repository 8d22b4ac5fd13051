"""The table of the cache that all processes share (Django's `createcachetable` would make the same)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE IF NOT EXISTS config_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX IF NOT EXISTS config_cache_expires ON config_cache (expires);
            """,
            "DROP TABLE IF EXISTS config_cache",
        ),
    ]
