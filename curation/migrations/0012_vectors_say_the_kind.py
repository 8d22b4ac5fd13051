from django.db import migrations

# As `curation.search` writes it from now on; at once, so that no list is without its words for a moment.
ADD = """
UPDATE curation_record SET
    search_da = search_da || array_to_tsvector(ARRAY['xk' || kind]),
    search_en = search_en || array_to_tsvector(ARRAY['xk' || kind])
"""
TAKE = """
UPDATE curation_record SET
    search_da = ts_delete(search_da, 'xk' || kind), search_en = ts_delete(search_en, 'xk' || kind)
"""


class Migration(migrations.Migration):
    dependencies = [("curation", "0011_absences_and_weekly_mails")]

    operations = [migrations.RunSQL(ADD, TAKE)]
