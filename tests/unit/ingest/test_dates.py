from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.ingest.dates import parse_moment, shifted

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2019-06-03", "2019-06-03"),
        ("2019/06/03", "2019-06-03"),
        ("20190603", "2019-06-03"),
        ("20190603T181500Z", "2019-06-03T18:15:00+00:00"),
        ("20190603T181500+0200", "2019-06-03T18:15:00+02:00"),
        ("2019-06-03T18:15:00.250Z", "2019-06-03T18:15:00+00:00"),
        ("2019-06-03 18:15", "2019-06-03T18:15:00"),
        ("2019-06-03T24:00:00Z", "2019-06-04T00:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("Mon, 03 Jun 2019 23:15:00 -0700", "2019-06-03T23:15:00-07:00"),
        ("Mon, 3 Jun 2019 23:15:00 PDT", "2019-06-03T23:15:00-07:00"),
        ("Mon, 3 Jun 2019 23:15 CEST", "2019-06-03T23:15:00+02:00"),
        ("Mo, 3 Jun 2019 23:15:00", "2019-06-03T23:15:00"),
        ("Mon, 03 Jun 19 00:00:00 +0200", "2019-06-03T00:00:00+02:00"),
        ("Mon, 03 Jun 99 08:00:00 GMT", "1999-06-03T08:00:00+00:00"),
        ("Mon Jun 03 2019 15:21:41 GMT+0100 (CET)", "2019-06-03T15:21:41+01:00"),
        ("Mon Jun 3 15:21:41 2019", "2019-06-03T15:21:41"),
        ("Mon Jun  3 15:21:41 UTC 2019", "2019-06-03T15:21:41+00:00"),
        ("June 3, 2019", "2019-06-03"),
        ("Jun. 3rd, 2019 at 3:15 p.m. EST", "2019-06-03T15:15:00-05:00"),
        ("3 June 2019", "2019-06-03"),
        ("3-Jun-2019", "2019-06-03"),
        ("3. Juni 2019, 14.30 Uhr", "2019-06-03T14:30:00"),
        ("3 de junio de 2019", "2019-06-03"),
        ("1er juin 2019", "2019-06-01"),
        ("3. juni 2019 kl. 14.30", "2019-06-03T14:30:00"),
        ("3.6.2019", "2019-06-03"),
        ("23/06/2019", "2019-06-23"),
        ("06/23/2019 3:15 PM", "2019-06-23T15:15:00"),
        ("06/06/2019", "2019-06-06"),
        ("2019年6月3日", "2019-06-03"),
        ("1559589300", "2019-06-03T19:15:00+00:00"),
        ("1559589300123", "2019-06-03T19:15:00+00:00"),
        ("1895-04-02", "1895-04-02"),
        ("2019-06-03T18:15:00+02:00[Europe/Oslo]", "2019-06-03"),
        ("2019-06-03 8:15:00", "2019-06-03"),
        ("Mon, 3 Jun 2019 19:40:17 PST8PDT", "2019-06-03"),
    ],
)
def test_a_date_is_read_in_the_zone_it_was_written_in(raw: str, moment: str):
    assert parse_moment(raw, None) == moment


@pytest.mark.parametrize(
    "raw",
    """yesterday|2019|2019-06|2019-02-30|2019-13-01|03/04/2019|3/4/19|Mon, 30 Nov -0001 00:00:00 +0000|0000-00-00 00:00:00
    0000-00-00|am dritten Tag|June 2019|3 June|12345678|Smarch 3, 2019|32 June 2019|2019-06-03T25:00:00Z|1559-06-03|

    three days after the storm of 3 June 2019 the mill burned down""".replace("\n", "|").split("|"),
)
def test_what_is_no_date_or_could_be_two_is_none(raw: str):
    assert parse_moment(raw, None) is None


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2019-06-03T23:15:00Z", "2019-06-04T01:15:00+02:00"),  # told in UTC, printed on the next day in Oslo
        ("Mon, 03 Jun 2019 23:15:00 GMT", "2019-06-04T01:15:00+02:00"),
        ("2019-12-03T23:15:00", "2019-12-03T23:15:00+01:00"),
        ("2019-06-03T23:15:00-07:00", "2019-06-03T23:15:00-07:00"),
        ("2019-06-03T00:00:00Z", "2019-06-03T00:00:00+00:00"),  # a day without an hour
        ("2019-06-03", "2019-06-03"),
    ],
)
def test_the_newsroom_s_zone_decides_where_the_file_names_none_or_utc(raw: str, moment: str):
    assert parse_moment(raw, OSLO) == moment


@pytest.mark.parametrize(
    ("local", "utc", "moment"),
    [
        ("2019-06-03 20:30:00", "2019-06-04 03:30:00", "2019-06-03T20:30:00-07:00"),
        ("2019-06-03 20:30:00", "2019-06-03 15:00:00", "2019-06-03T20:30:00+05:30"),
        ("2019-06-03 20:30:00", "2019-06-03 20:30:00", "2019-06-03T20:30:00+00:00"),
        ("2019-06-03 20:30:00", "0000-00-00 00:00:00", None),
        ("2019-06-03 20:30:00", "2019-05-03 20:30:00", None),
        ("2019-06-03 20:30:00", "2019-06-03 20:23:00", None),
    ],
)
def test_a_local_time_and_its_twin_in_utc_give_the_offset(local: str, utc: str, moment: str | None):
    assert shifted(local, utc) == moment


@given(st.text(max_size=60))
def test_no_text_raises(raw: str):
    moment = parse_moment(raw, OSLO)
    assert moment is None or datetime.fromisoformat(moment)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_what_is_iso_stays_as_it_is(moment: datetime):
    raw = moment.replace(microsecond=0).isoformat()
    assert parse_moment(raw, None) == raw
