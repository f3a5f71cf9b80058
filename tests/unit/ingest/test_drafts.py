from contextlib import suppress

import pytest

from bench.ingest.samples.office import docx, word
from factcheck.article import Format
from factcheck.errors import ArticleTooLong, FactcheckError
from factcheck.ingest.drafts import read_draft, with_front_matter
from factcheck.ingest.sandboxed_drafts import read_draft_apart
from tests.builders import an_article
from tests.unit.ingest.drafts import BODY, CASES, MATTER, TOML, FileCase

LIMIT_CHARS = 10_000


def named(case: FileCase) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_file_gives_its_article_or_the_reason_against_it(case: FileCase):
    if case.refused:
        with pytest.raises(FactcheckError, match=case.refused) as refused:
            read_draft(case.name, case.content, LIMIT_CHARS)
        assert case.name in str(refused.value)
        return
    draft = read_draft(case.name, case.content, LIMIT_CHARS)
    article = draft.article
    assert (article.text, article.title, article.published_at) == (case.text, case.title, case.published)
    assert (article.format, bool(draft.dated_by)) == (case.form, bool(case.published))


@pytest.mark.parametrize("name", ["draft.docx", "secret.docx", "empty.md", "page.html"])
def test_another_process_reads_the_same_and_refuses_in_the_same_words(name: str):
    case = next(case for case in CASES if case.name == name)
    answers = []
    for read in (read_draft, read_draft_apart):
        try:
            answers.append(read(case.name, case.content, LIMIT_CHARS))
        except FactcheckError as refused:
            answers.append((type(refused), str(refused)))
    assert answers[0] == answers[1]


def test_an_article_that_is_too_long_says_so_from_another_process():
    with pytest.raises(ArticleTooLong, match=r"50 characters; the limit is 10"):
        read_draft_apart("a.docx", docx(word(BODY)), 10)


def test_of_a_page_people_edit_the_words():
    page = "<html><body><nav>Menu</nav><h1>Ferry <i>news</i></h1><article><p>It sank.</p><p>It was <b>1987</b>.</p></article></body></html>"
    article = read_draft("a.html", page.encode(), LIMIT_CHARS, as_words=True).article
    assert (article.title, article.text, article.format) == ("Ferry news", "It sank.\n\nIt was 1987.", Format.TEXT)


def test_of_a_plain_text_people_edit_headline_and_text_apart():
    article = read_draft("a.txt", f"Ferry sank in 1987\n\n{BODY}\n".encode(), LIMIT_CHARS, as_words=True).article
    assert (article.title, article.text) == ("Ferry sank in 1987", f"{BODY}\n")


@pytest.mark.parametrize("text", [MATTER, MATTER.replace("\n", "\r\n"), TOML])
def test_front_matter_gives_what_the_article_does_not_say(text: str):
    found = with_front_matter(an_article(text, title=None, published_at=None))
    assert (found.text, found.title, found.published_at) == (text, "Ferry", "2031-03-07")
    told = with_front_matter(an_article(text, title="Other", published_at="2018-01-01"))
    assert (told.title, told.published_at) == ("Other", "2018-01-01")


@pytest.mark.parametrize("text", ["---\nIt rained.\n---\nOk.", "---\ntitle: [\n---\nOk.", "---"])
def test_a_rule_at_the_head_is_no_front_matter(text: str):
    article = an_article(text, title=None, published_at=None)
    assert with_front_matter(article) == article


def test_the_creation_of_the_file_is_no_dateline():
    raw = docx(word(BODY), created="2020-01-01T00:00:00Z")
    assert read_draft("a.docx", raw, LIMIT_CHARS).article.published_at is None


@pytest.mark.parametrize("raw", [b"<html><body>" + b"<div>" * 20_000, b"%PDF-1.4\n1 0 obj", b"PK\x03\x04" + bytes(60)])
def test_damaged_files_raise_nothing_but_our_errors(raw: bytes):
    for name in ("a", "a.html", "a.pdf", "a.docx", "a.odt", "a.eml", "a.xml"):
        with suppress(FactcheckError):
            read_draft(name, raw, LIMIT_CHARS)


def test_members_of_a_json_article_that_are_unknown_are_told():
    draft = read_draft("a.json", b'{"text": "It rained.", "publishedAt": "2031-03-07"}', LIMIT_CHARS)
    assert draft.notes == (
        "not read: `publishedAt`; an article has text, title, source, url, language, format, published_at",
    )
