"""Places know nobody, so the register itself watches them."""

from typing import ClassVar

from django.db import migrations

from curation.register_version import RAISE

TABLES = ("places_place", "places_placelink")
FUNCTION = f"""
CREATE FUNCTION curation_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{RAISE.format(when="true")}
END $$;
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER raise_version AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION curation_raise_version();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("curation", "0001_initial"), ("places", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER raise_version ON {table};" for table in TABLES)
            + "DROP FUNCTION curation_raise_version();",
        ),
    ]
