import pytest

from factcheck.corpus_version import CorpusVersion
from factcheck.store.json_codec import pack, unpack
from factcheck.timestamps import epoch_ms, timestamp


@pytest.mark.parametrize("value", [None, "é 😀", "a lone \ud800", {"a": [1, 2.5, True]}, ""])
def test_what_is_packed_comes_back(value: object):
    assert unpack(pack(value)) == value


@pytest.mark.parametrize(
    ("moment", "ms"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00", 0),
        ("1970-01-01T01:00:00.500+01:00", 500),
        ("2018-01-30T09:00:00.000Z", 1_517_302_800_000),
    ],
)
def test_moments_are_counted_in_utc(moment: str, ms: int):
    assert epoch_ms(moment) == ms


def test_a_timestamp_is_utc_with_milliseconds():
    assert len(timestamp()) == len("2018-01-30T09:00:00.000Z")
    assert timestamp().endswith("Z")
    assert epoch_ms(timestamp()) > 1_517_302_800_000


@pytest.mark.parametrize(
    ("seen", "newest", "reached", "behind_s"),
    [
        ("a:2000-0", "a:2000-0", True, 0.0),
        ("a:2000-1", "a:2000-0", True, 0.0),
        ("a:2000-0", "a:2000-1", False, 0.0),
        ("a:2000-0", "a:3500-0", False, 1.5),
        ("b:9000-0", "a:3500-0", False, float("inf")),
    ],
)
def test_positions_of_one_corpus_are_ordered(seen: str, newest: str, reached: bool, behind_s: float):
    assert CorpusVersion.parse(seen).reached(CorpusVersion.parse(newest)) is reached
    assert CorpusVersion.parse(seen).behind_s(CorpusVersion.parse(newest)) == behind_s
    assert str(CorpusVersion.parse(seen)) == seen


@pytest.mark.parametrize("raw", ["", "a", "1-0", "a:1", "a:1-", "A:1-0"])
def test_what_is_no_position_is_refused(raw: str):
    with pytest.raises(ValueError, match="no position"):
        CorpusVersion.parse(raw)
