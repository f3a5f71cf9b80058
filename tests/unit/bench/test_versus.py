from importlib.metadata import version
from itertools import islice

from bench.versus.__main__ import table
from bench.versus.drafts import drafts, stories
from bench.versus.trees import missing_pins


def test_the_same_drafts_are_made_every_time_and_no_two_are_alike() -> None:
    first, again = (list(islice(drafts(stories(30)), 50)) for _ in range(2))
    assert first == again
    assert len({str(draft["text"]) for draft in first}) == 50


def test_a_larger_archive_holds_the_smaller_one() -> None:
    assert stories(20)[:5] == stories(5)


def test_a_lock_fits_where_the_packages_have_its_versions() -> None:
    lock = f"redis=={version('redis')} \\\n    --hash=sha256:0\nrq==0.0.1 \\\npywin32==1 ; sys_platform == 'win32' \\\n"
    assert missing_pins(lock) == ["rq==0.0.1"]


def test_the_table_sets_the_present_figure_against_the_earlier_one() -> None:
    row = table("abc", {"claims a second": 10.0}, {"claims a second": 25.0}).splitlines()[-1]
    assert row == "| claims a second | 10.000 | 25.000 | 2.50 × | ≥ 2 × | ≥ 3.5 × |"
