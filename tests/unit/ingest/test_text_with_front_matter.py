from pathlib import Path

import pytest

from factcheck.ingest.raw_documents import PublishingStatus
from factcheck.ingest.text_with_front_matter import without_struck
from tests.unit.ingest.archives import document, left_out


def matter(*lines: str, body: str = "The ferry sank.") -> str:
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["date: 2019-06-03"], "2019-06-03"),
        (["date: June 3, 2019"], "2019-06-03"),
        (["date: 2019-06-03 20:30:00 -0700"], "2019-06-03T20:30:00-07:00"),
        (["date: 2019-06-03T20:30:00-07:00", "lastmod: 2019-06-09"], "2019-06-03T20:30:00-07:00"),
        (["published_at: 2019-06-03", "date: 2020-01-01"], "2019-06-03"),
        (["lastmod: 2019-06-03"], None),
        (["date: soon"], None),
    ],
)
def test_the_date_of_a_front_matter_keeps_its_zone(tmp_path: Path, lines: list[str], published: str | None):
    assert document(tmp_path, "a.md", matter(*lines)).published_at == published


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["draft: true"], PublishingStatus.DRAFT),
        (["draft: yes"], PublishingStatus.DRAFT),
        (["published: false"], PublishingStatus.DRAFT),
        (["Status: draft"], PublishingStatus.DRAFT),
        (["status: private"], PublishingStatus.PRIVATE),
        (["embargo: 2031-01-01"], PublishingStatus.EMBARGOED),
        (["date: 2031-01-01"], PublishingStatus.SCHEDULED),
    ],
)
def test_what_is_not_published_is_left_out(tmp_path: Path, lines: list[str], status: PublishingStatus):
    assert left_out(tmp_path, "a.md", matter("title: Ferry", *lines)).status == status


@pytest.mark.parametrize(
    "lines", [["draft: false"], ["status: published"], ["published: true"], ["published: 2019-06-03"], []]
)
def test_what_is_published_is_taken(tmp_path: Path, lines: list[str]):
    assert document(tmp_path, "a.md", matter("title: Ferry", *lines)).text == "The ferry sank."


def test_yaml_lists_quotes_and_blocks_are_read(tmp_path: Path):
    found = document(
        tmp_path,
        "a.md",
        matter(
            'title: "Ferry: nine dead"',
            "tags:\n  - sea\n  - ferry",
            "author: [Kari, Per]",
            "source: No",
            "id: f-1",
            "lang: no",
        ),
    )
    assert (found.id, found.title, found.tags, found.source) == ("f-1", "Ferry: nine dead", ("sea", "ferry"), "No")
    assert (found.language, found.origin and found.origin.byline) == ("no", "Kari, Per")


def test_toml_front_matter_is_read(tmp_path: Path):
    found = document(
        tmp_path, "a.md", '+++\ntitle = "Ferry"\ndate = 2019-06-03T20:30:00-07:00\ndraft = false\n+++\nIt sank.\n'
    )
    assert (found.title, found.published_at, found.text) == ("Ferry", "2019-06-03T20:30:00-07:00", "It sank.")


def test_a_name_of_jekyll_gives_the_date(tmp_path: Path):
    found = document(tmp_path, "_posts/2019-06-03-ferry.md", "# Ferry\n\nIt sank.")
    assert (found.published_at, found.title) == ("2019-06-03", "Ferry")
    assert found.origin
    assert found.origin.date_source == "file name"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path):
    assert document(tmp_path, "a.md", "---\nThe ferry sank.\n---\nNine died.\n").text.startswith("---")


def test_a_front_matter_that_is_no_yaml_is_told(tmp_path: Path):
    assert "not YAML" in left_out(tmp_path, "a.md", "---\ntitle: [unclosed\n---\nIt sank.").reason


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("On ~~Monday~~ Tuesday.", "On Tuesday."),
        ("Six ~~ten~~ barns.", "Six barns."),
        ("Six barns~~ and a mill~~.", "Six barns~~ and a mill~~."),
        ("<del>Ten</del> Six barns.", "Six barns."),
        ("About ~5 km, ~~ no ~~ strike.", "About ~5 km, ~~ no ~~ strike."),
        ("```\n~~kept~~\n```\n", "```\n~~kept~~\n```\n"),
        ("Seen.<!-- unseen -->", "Seen."),
        ("~~One\n\nTwo~~", "~~One\n\nTwo~~"),
    ],
)
def test_struck_out_words_are_not_read(markdown: str, text: str):
    assert without_struck(markdown) == text
