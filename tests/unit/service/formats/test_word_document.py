"""Word files with verdicts in them, opened again by python-docx, docx2python and our own reader."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.comments import CT_Comments
from docx.oxml.ns import qn
from docx2python import docx2python

from bench.ingest.samples.office import docx as bare_docx
from bench.ingest.samples.office import word as bare_paragraph
from factcheck.article import Article, Field, Format
from factcheck.errors import UnreadableSource
from factcheck.ingest.drafts import read_draft
from factcheck.verdict import Label, Report, Suggestion
from service.formats.word_document import annotate_word, render_word
from tests.builders import a_report
from tests.unit.service.formats.samples import sample_article, sample_report, span_of, unfinished, verdict_on

CLAIMS = 20
LIMIT_CHARS = 2_000_000
CLAIM = re.compile(r"Ship \d+ left[^.]*\.")
YEAR = re.compile(r"(?<=in )19\d\d")
_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def sentence(number: int) -> str:
    return f"Ship {number} left the 🏟 harbour of Ó mar in 19{number + 10}."


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def broken_up(paragraph: Any, words: str) -> None:
    """As Word leaves it: a sentence in many runs, some of them bold."""
    for number, part in enumerate(re.findall(r".{1,7}", words)):
        paragraph.add_run(part).bold = number % 3 == 0 or None


def inserted(paragraph: Any, words: str) -> None:
    """By somebody else, tracked."""
    mark = OxmlElement("w:ins", attrs={qn("w:id"): "901", qn("w:author"): "Kari Dahl"})
    mark.append(paragraph.add_run(words)._r)
    paragraph._p.append(mark)


def linked(paragraph: Any, words: str) -> None:
    link = OxmlElement("w:hyperlink", attrs={qn("w:anchor"): "top"})
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)


def a_file() -> bytes:
    """Twenty claims: plain, in pieces, two a paragraph, in a table, in an insertion, in a link, behind tabs and breaks."""
    document = docx.Document()
    document.add_heading("Ships of 🏟 Ó mar", 0)
    for number in range(0, 8, 2):
        document.add_paragraph(f"{sentence(number)} {sentence(number + 1)}")
    for number in range(8, 12):
        broken_up(document.add_paragraph(), sentence(number))
    table = document.add_table(2, 2)
    for number, cell in zip(range(12, 16), table._cells, strict=True):
        cell.text = sentence(number)
    inserted(document.add_paragraph(), sentence(16))
    linked(document.add_paragraph(), sentence(17))
    document.add_paragraph(f"By Kari\tDahl\n{sentence(18)}")
    paragraph = document.add_paragraph("Seen\u00a0again:  ")
    paragraph.add_run(sentence(19)).italic = True
    document.add_comment(document.paragraphs[1].runs[0], "Who says so?", "Kari Dahl", "KD")
    return saved(document)


def checked(article: Article) -> Report:
    """A verdict on each claim, with another year to write."""
    verdicts = []
    for found in CLAIM.finditer(article.text):
        year = YEAR.search(found[0])
        assert year is not None
        suggestion = Suggestion(span_of(f"in {year[0]}", article), f"in 20{year[0][2:]}")
        verdicts.append(
            verdict_on(found[0], article, Label.CONTRADICTED, suggestions=(suggestion,), message=f"Of {found[0]}")
        )
    return a_report(*verdicts)


@pytest.fixture(scope="module")
def original() -> bytes:
    return a_file()


@pytest.fixture(scope="module")
def article(original: bytes) -> Article:
    return read_draft("ships.docx", original, LIMIT_CHARS).article


@pytest.fixture(scope="module")
def marked(original: bytes, article: Article) -> bytes:
    return annotate_word(original, "ships.docx", checked(article), article)


def body_of(raw: bytes) -> Any:
    return docx.Document(io.BytesIO(raw)).element.body


def words_in_range(body: Any, comment_id: int) -> str:
    """Between the marks of a comment, as it stood before our changes."""
    inside, words = False, ""
    for element in body.iter():
        if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(comment_id):
            inside = True
        elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(comment_id):
            return words
        elif inside and element.tag in (qn("w:t"), qn("w:delText")):
            ours = any(a.get(qn("w:author")) == "factcheck" for a in element.iterancestors(qn("w:ins")))
            words += "" if ours else element.text
    raise AssertionError("the comment has no end")


def test_each_of_twenty_comments_stands_at_the_words_of_its_claim(marked: bytes, article: Article):
    document = docx.Document(io.BytesIO(marked))
    ours = [comment for comment in document.comments if comment.author == "factcheck"]
    found = [words_in_range(document.element.body, comment.comment_id) for comment in ours]
    assert found == CLAIM.findall(article.text)
    assert len(found) == CLAIMS
    assert [comment.text.split("\n")[1] for comment in ours] == [f"Of {words}" for words in found]


def test_another_reader_finds_the_same_comments_at_the_same_words(marked: bytes, article: Article):
    with docx2python(io.BytesIO(marked)) as opened:
        found = [words for words, author, _, text in opened.comments if author == "factcheck"]
        told = [text for _, author, _, text in opened.comments if author == "factcheck"]
    wanted = [YEAR.sub(lambda year: f"20{year[0][2:]}", claim) for claim in CLAIM.findall(article.text)]
    assert [" ".join(re.sub(r"<[^>]*>", "", words).split()).replace(" .", ".") for words in found] == wanted
    assert all(text.startswith("Contradicted") and "Suggested: in 20" in text for text in told)


def test_each_of_twenty_suggestions_is_a_tracked_change_of_just_these_words(marked: bytes, article: Article):
    body = body_of(marked)
    ours = [mark for mark in body.iter(qn("w:ins")) if mark.get(qn("w:author")) == "factcheck"]
    written = ["".join(words.text for words in mark.iter(qn("w:t"))) for mark in ours]
    assert written == [f"in 20{n + 10}" for n in range(CLAIMS)]
    deleted: dict[int, str] = {}
    for number, mark in enumerate(ours):
        before = mark.getprevious()
        while before is not None and before.tag in (qn("w:del"), qn("w:commentRangeEnd")):
            deleted[number] = "".join(words.text for words in before.iter(qn("w:delText"))) + deleted.get(number, "")
            before = before.getprevious()
    assert list(deleted.values()) == [f"in 19{n + 10}" for n in range(CLAIMS)]


def test_the_file_reads_as_corrected_and_as_before_if_our_changes_are_refused(
    original: bytes, marked: bytes, article: Article
):
    corrected = YEAR.sub(lambda year: f"20{year[0][2:]}", article.text)
    assert read_draft("ships.docx", marked, LIMIT_CHARS).article.text == corrected
    document = docx.Document(io.BytesIO(marked))
    for mark in list(document.element.body.iter(qn("w:ins"), qn("w:del"))):
        if mark.get(qn("w:author")) == "factcheck":
            if mark.tag == qn("w:ins"):
                mark.getparent().remove(mark)
                continue
            for words in mark.iter(qn("w:delText")):
                words.tag = qn("w:t")
            for run in list(mark):
                mark.addprevious(run)
            mark.getparent().remove(mark)
    assert read_draft("ships.docx", saved(document), LIMIT_CHARS).article == article


def test_comments_and_changes_of_others_stay_and_no_mark_shares_an_id(marked: bytes):
    document = docx.Document(io.BytesIO(marked))
    others = [(comment.author, comment.text) for comment in document.comments if comment.author != "factcheck"]
    assert others == [("Kari Dahl", "Who says so?")]
    marks = [*document.element.body.iter(qn("w:ins"), qn("w:del"))]
    assert sum(mark.get(qn("w:author")) == "Kari Dahl" for mark in marks) == 1
    ids = [mark.get(qn("w:id")) for mark in marks]
    assert len(ids) == len(set(ids))


def test_bold_letters_stay_bold(marked: bytes):
    runs = [run for run in body_of(marked).iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None]
    assert "".join(words.text for run in runs for words in run.iter(qn("w:t"), qn("w:delText"))).startswith("Ship 8 ")


def test_macros_are_kept_and_never_run(original: bytes, article: Article):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            raw = before.read(name)
            if name == "[Content_Types].xml":
                main = re.search(rb'ContentType="([^"]*document\.main\+xml)"', raw)
                assert main is not None
                raw = raw.replace(main[1], _MACRO.encode()).replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
                raw = raw.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rVba" Type="{kind}" Target="vbaProject.bin"/></Relationships>'.encode(),
                )
            after.writestr(name, raw)
        after.writestr("word/vbaProject.bin", b"macro")
    out = annotate_word(target.getvalue(), "ships.docm", checked(article), article)
    with zipfile.ZipFile(io.BytesIO(out)) as found:
        assert found.read("word/vbaProject.bin") == b"macro"
        assert _MACRO in found.read("[Content_Types].xml").decode()
        assert b"factcheck" in found.read("word/comments.xml")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "has a password; save it without one"),
        (b"%PDF-1.4", "is no DOCX"),
        (bare_docx(bare_paragraph("It rained.")), "is a damaged Word document"),
        (saved(docx.Document()), "does not hold the words that were checked"),
    ],
)
def test_what_cannot_be_marked_is_refused_with_what_to_do(raw: bytes, told: str, article: Article):
    with pytest.raises(UnreadableSource, match=rf"a\.docx .*{told}"):
        annotate_word(raw, "a.docx", a_report(), article)


def test_what_has_no_place_in_the_file_is_told_at_its_beginning():
    document = docx.Document()
    document.core_properties.title = "Ferry opens"
    document.add_paragraph("It rained.")
    article = read_draft("a.docx", saved(document), LIMIT_CHARS).article
    report = a_report(verdict_on("Ferry opens", article, Label.UNVERIFIED, Field.TITLE))
    [comment] = docx.Document(io.BytesIO(annotate_word(saved(document), "a.docx", report, article))).comments
    assert comment.text.startswith("“Ferry opens”")


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_a_draft_that_is_no_word_file_becomes_one(form: Format):
    article = sample_article(format=form)
    raw = render_word(sample_report(article), article)
    document = docx.Document(io.BytesIO(raw))
    words = [words_in_range(document.element.body, comment.comment_id) for comment in document.comments]
    assert words[0] == "😀 Gala opens on Feb. 10"
    assert "The 🏟 ceremony is on Feb. 10" in words
    assert any("$40" in found and ("<b>" in found) == (form is not Format.HTML) for found in words)
    assert "Feb. 9, officials" in read_draft("a.docx", raw, LIMIT_CHARS).article.text


def test_characters_that_xml_cannot_hold_are_left_out():
    article = sample_article(text="It\x00 rained on\x1b Friday.", title="A\x07")
    raw = render_word(
        a_report(verdict_on("rained on\x1b Friday", article, Label.SUPPORTED, message="\x00Yes.")), article
    )
    [comment] = docx.Document(io.BytesIO(raw)).comments
    assert "Yes." in comment.text


def test_a_long_file_is_marked_to_its_end():
    paragraphs = [
        f"On day {n} the ferry of berth {n} left at noon, and nobody on board was hurt." for n in range(3_000)
    ]
    document = docx.Document()
    body = document.element.body
    for words in paragraphs:
        made = OxmlElement("w:p")
        run = OxmlElement("w:r")
        run.add_t(words)
        made.append(run)
        body.insert(len(body) - 1, made)
    raw = saved(document)
    article = read_draft("long.docx", raw, LIMIT_CHARS).article
    report = a_report(*(verdict_on(words, article, Label.SUPPORTED) for words in paragraphs[::150]))
    out = annotate_word(raw, "long.docx", report, article)
    document = docx.Document(io.BytesIO(out))
    found = [words_in_range(document.element.body, comment.comment_id) for comment in document.comments]
    assert found == paragraphs[::150]


def test_ids_of_others_are_stepped_over_the_largest_too(original: bytes, article: Article):
    document = docx.Document(io.BytesIO(original))
    for number in (3, 2**31 - 1):
        document.add_comment(document.paragraphs[1].runs[0], "Who?", "Kari Dahl")._comment_elm.id = number
    out = docx.Document(io.BytesIO(annotate_word(saved(document), "ships.docx", checked(article), article)))
    ids = [comment.comment_id for comment in out.comments]
    ours = [comment.comment_id for comment in out.comments if comment.author == "factcheck"]
    assert len(ours) == CLAIMS
    assert len(set(ids)) == len(ids)
    assert max(ours) < 2**31 - 1
    assert [words_in_range(out.element.body, number) for number in ours] == CLAIM.findall(article.text)


def test_comments_are_added_in_a_time_that_grows_with_their_number_only(monkeypatch: pytest.MonkeyPatch):
    looked_at = 0
    seek = CT_Comments._next_available_comment_id

    def counted(self: CT_Comments) -> int:
        nonlocal looked_at
        looked_at += len(self)
        return seek(self)

    monkeypatch.setattr(CT_Comments, "_next_available_comment_id", counted)
    article = sample_article(text=" ".join(f"Ship {n} left in 19{n + 10}." for n in range(80)))
    claims = [verdict_on(found[0], article, Label.SUPPORTED) for found in CLAIM.finditer(article.text)]
    out = docx.Document(io.BytesIO(render_word(a_report(*claims), article)))
    assert len(out.comments) == len(claims) == 80
    assert looked_at == 0


def test_sentences_that_were_not_reached_are_told_at_the_beginning():
    article = sample_article()
    document = docx.Document(io.BytesIO(render_word(unfinished(sample_report(article)), article)))
    assert any("2 of 8 sentences were not reached" in comment.text for comment in document.comments)
