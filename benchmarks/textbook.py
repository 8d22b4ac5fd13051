"""The textbook design on the same rows: normalised tables, a stored vector, seven queries, every hit ranked.

Plain SQL, nothing rendered and no map, so a site built this way is slower than what is measured here. The
vector is the register's own, so that both find the same.
"""

from typing import Any

from django.db import connection

from .queries import Query

BUILD = """
DROP SCHEMA IF EXISTS textbook CASCADE;
CREATE SCHEMA textbook;
CREATE TABLE textbook.lab AS
    SELECT lab.record_id AS id, record.slug, lab.name_da, lab.name_en, record.sort_da, lab.summary_da,
        lab.summary_en, lab.description_da, lab.description_en, record.phase, record.setting, record.quality,
        record.x, record.y, record.search_da, record.search_en, themes.theme_ids, places.place_id
    FROM labs_lab lab
    JOIN curation_record record ON record.id = lab.record_id AND record.state = 'published'
    LEFT JOIN (SELECT record_id, array_agg(theme_id) AS theme_ids FROM curation_entrytheme GROUP BY 1) themes
        ON themes.record_id = lab.record_id
    LEFT JOIN (SELECT record_id, min(place_id) AS place_id FROM curation_entryplace GROUP BY 1) places
        ON places.record_id = lab.record_id;
ALTER TABLE textbook.lab ADD PRIMARY KEY (id);
ALTER TABLE textbook.lab DROP COLUMN theme_ids;
CREATE INDEX ON textbook.lab USING gin (search_da);
CREATE INDEX ON textbook.lab USING gin (search_en);
CREATE INDEX ON textbook.lab (phase);
CREATE INDEX ON textbook.lab (setting);
CREATE INDEX ON textbook.lab (place_id);
CREATE INDEX ON textbook.lab (quality DESC, id);
CREATE INDEX ON textbook.lab (sort_da, id);
CREATE INDEX ON textbook.lab (x, y);
CREATE TABLE textbook.theme AS SELECT id, slug, coalesce(parent_id, id) AS top_id FROM curation_theme;
ALTER TABLE textbook.theme ADD PRIMARY KEY (id);
CREATE TABLE textbook.lab_theme AS
    SELECT record_id AS lab_id, theme_id FROM curation_entrytheme JOIN textbook.lab ON lab.id = record_id;
CREATE INDEX ON textbook.lab_theme (lab_id);
CREATE INDEX ON textbook.lab_theme (theme_id);
CREATE TABLE textbook.place AS
    SELECT child.id, child.code, region.code AS region FROM places_place child
    JOIN places_placelink link ON link.child_id = child.id AND link.until IS NULL
    JOIN places_place region ON region.id = link.parent_id AND region.kind = 'region'
    WHERE child.kind = 'municipality';
CREATE INDEX ON textbook.place (id);
CREATE TABLE textbook.link AS SELECT lab_id, side FROM labs_link;
CREATE INDEX ON textbook.link (lab_id);
ANALYZE;
"""
