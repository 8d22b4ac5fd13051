"""How far research may be away: the settings, and what they mean in the database."""

from enum import StrEnum

from django.utils.translation import gettext as _

from places.choices import PlaceKind
from places.models import Place
from places.projection import EARTH_RADIUS_M, MEAN_RADIUS_KM


class Reach(StrEnum):
    """The distances one can choose, in km, and the whole country."""

    NEAR = "25"
    USUAL = "50"
    FAR = "100"
    COUNTRY = "country"

    @property
    def label(self) -> str:
        if self == Reach.COUNTRY:
            return _("The whole country")
        return _("%(km)s km") % {"km": self.value}


def reach_of(place: Place, asked: str = "") -> Reach:
    """The one asked for, else the usual one; the country reaches all of itself."""
    if place.kind == PlaceKind.COUNTRY:
        return Reach.COUNTRY
    return Reach(asked) if asked in Reach else Reach.USUAL


# The point of a place; a region or health council, which has none, is measured from the main towns within it.
CENTRES = """
SELECT longitude, latitude FROM places_place WHERE id = %(place)s AND latitude IS NOT NULL
UNION ALL
SELECT town.longitude, town.latitude
FROM places_place above JOIN places_placelink link ON link.parent_id = above.id
    JOIN places_place town ON town.id = link.child_id
WHERE above.id = %(place)s AND above.latitude IS NULL AND town.latitude IS NOT NULL
    AND town.kind = 'municipality'
"""
# Whether a record's point (metres of EPSG:3857) is near one of them: a box first, which is cheap and a little
# too large, then the great circle (haversine).
NEARBY = f"""
EXISTS (
    SELECT FROM centre
    WHERE abs(x - centre_x) <= box AND abs(y - centre_y) <= box
        AND 2 * {MEAN_RADIUS_KM} * asin(least(1, sqrt(
            sin((2 * atan(exp(y / {EARTH_RADIUS_M}::float)) - pi() / 2 - lat) / 2) ^ 2
            + cos(lat) * cos(2 * atan(exp(y / {EARTH_RADIUS_M}::float)) - pi() / 2)
            * sin((x / {EARTH_RADIUS_M}::float - lon) / 2) ^ 2
        ))) <= %(km)s
)
"""
IN_COUNTRY = "place_ids && ARRAY(SELECT id::int FROM places_place WHERE kind = 'country')"
# A metre in the north of the box is longer on the map than one at its centre: by 3 % within 100 km at 58° N.
BOX_AIR = 1.1
CENTRE = f"""
centre AS MATERIALIZED (
    SELECT radians(longitude) AS lon, radians(latitude) AS lat,
        {EARTH_RADIUS_M} * radians(longitude) AS centre_x,
        {EARTH_RADIUS_M} * ln(tan(pi() / 4 + radians(latitude) / 2)) AS centre_y,
        %(km)s * 1000 * {BOX_AIR} / cos(radians(latitude)) AS box
    FROM ({CENTRES}) point
)
"""  # noqa: S608


def nearby(reach: Reach) -> str:
    """The condition that a record lies within reach; the country reaches all that belongs to it."""
    return IN_COUNTRY if reach == Reach.COUNTRY else NEARBY


def kilometres_of(reach: Reach) -> int:
    return 0 if reach == Reach.COUNTRY else int(reach)
