from datetime import date

import pytest

from worker.dimensions.times.time_zones import offsets

WINTER, SUMMER = date(2024, 1, 18), date(2024, 7, 18)


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("gmt", SUMMER, (0,)),
        ("bst", SUMMER, (60,)),
        ("et", WINTER, (-300,)),
        ("et", SUMMER, (-240,)),
        ("pt", None, (-480, -420)),
        ("ct", date(2024, 3, 9), (-360,)),
        ("ct", date(2024, 3, 10), (-300,)),
        ("ct", date(2024, 11, 3), (-360,)),
        ("ist", SUMMER, (330, 60, 120)),
        ("local", SUMMER, ()),
        ("xyz", None, ()),
    ],
)
def test_minutes_east_of_utc(zone: str, day: date | None, minutes: tuple[int, ...]):
    assert offsets(zone, day) == minutes
