import io
import json
import sys
from pathlib import Path

import pytest

from factcheck.article import Format
from factcheck.errors import ArticleTooLong, FactcheckError, InvalidInput, UnreadableSource
from factcheck_cli.input_files import file_uri, read_article_file, read_json_lines

LIMIT_CHARS = 1_000


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", Format.TEXT), ("a.md", Format.MARKDOWN), ("A.HTML", Format.HTML), ("a", Format.TEXT)],
)
def test_the_name_of_a_file_says_how_it_is_marked_up(tmp_path: Path, name: str, form: Format):
    article = read_article_file(written(tmp_path, name, "It rained."), "2018-01-30", LIMIT_CHARS)
    assert (article.text, article.format, article.published_at) == ("It rained.", form, "2018-01-30")


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("draft.md", "draft.md"),
        ("my drafts/draft ö.md", "my%20drafts/draft%20%C3%B6.md"),
        ("./drafts/a#1.txt", "drafts/a%231.txt"),
        ("100%.txt", "100%25.txt"),
        ("/srv/my drafts/a.md", "file:///srv/my%20drafts/a.md"),
        ("-", None),
    ],
)
def test_a_file_is_named_by_a_uri_reference(name: str, uri: str | None):
    assert file_uri(name) == uri


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_article_object_comes_bare_or_as_the_service_takes_it(tmp_path: Path, wrapped: bool):
    row = {"text": "It rained.", "title": "Rain", "published_at": "2018-01-30", "format": "markdown", "more": 1}
    name = written(tmp_path, "a.json", json.dumps({"article": row} if wrapped else row))
    article = read_article_file(name, None, LIMIT_CHARS)
    assert (article.title, article.published_at, article.format) == ("Rain", "2018-01-30", Format.MARKDOWN)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"\xff\xfe", "is empty"),
        ("a.txt", bytes(range(256)), "is no text"),
        ("a.json", b'{"text": "\xe9"}', "is not UTF-8"),
        ("a.txt", "", "is empty"),
        ("a.txt", " \n\t", "is empty"),
        ("a.txt", "x" * 1_001, "1,001 characters"),
        ("a.json", "{", "not JSON"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.json", "[1]", "not a JSON object"),
        ("a.json", '{"text": 5}', "no article"),
        ("a.json", '{"article": "x"}', "no article"),
        ("a.json", '{"text": "x", "title": 7}', "`title`"),
        ("a.json", '{"text": "x", "format": "pdf"}', "`format`"),
        ("a.json", '{"text": "x", "published_at": "2018-02-30"}', "2018-02-30"),
        ("a.json", '{"text": "x", "published_at": 2018}', "`published_at`"),
    ],
)
def test_what_is_wrong_with_an_article_is_told(tmp_path: Path, name: str, content: str | bytes, told: str):
    with pytest.raises(FactcheckError, match=told) as refused:
        read_article_file(written(tmp_path, name, content), None, LIMIT_CHARS)
    assert isinstance(refused.value, InvalidInput | UnreadableSource | ArticleTooLong)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path):
    for name, told in ((str(tmp_path / "none.txt"), "No such file"), (str(tmp_path), "Is a directory")):
        with pytest.raises(UnreadableSource, match=told):
            read_article_file(name, None, LIMIT_CHARS)


def test_a_line_of_json_may_hold_any_unicode_line_break(tmp_path: Path):
    name = written(tmp_path, "a.jsonl", '{"id": 1, "claim": "a\u2028b\u0085c"}\r\n\n{"id": 2, "claim": "d"}')
    assert [line.of("claim", str) for line in read_json_lines(name)] == ["a\u2028b\u0085c", "d"]


def test_a_fault_names_its_line(tmp_path: Path):
    lines = [json.dumps({"id": n, "claim": "It rained."}) for n in range(6)] + ["{"]
    with pytest.raises(UnreadableSource, match=r"line 7: not JSON"):
        list(read_json_lines(written(tmp_path, "a.jsonl", "\n".join(lines))))
    [line] = read_json_lines(written(tmp_path, "b.jsonl", '{"claim": 5, "evidence": ["a", 6]}'))
    with pytest.raises(UnreadableSource, match=r"line 1: `claim`"):
        line.of("claim", str)
    with pytest.raises(UnreadableSource, match=r"line 1: `evidence`"):
        line.texts("evidence")


def test_lines_of_standard_input_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1}\n{')))
    lines = read_json_lines("-")
    assert next(lines).id == 1
    with pytest.raises(UnreadableSource, match="line 2"):
        next(lines)
