"""The report as a Word document: a comment at each verdict, a tracked change for each suggestion.

Source: ECMA-376 part 1, 17.13.4 (comments) and 17.13.5 (revisions). Libraries compared: docs/adr/0022.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import docx
from docx.comments import Comments
from docx.opc.constants import CONTENT_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.text.run import Run

from factcheck.article import Article, Field, Span
from factcheck.errors import UnreadableSource
from factcheck.ingest.office_zip import OfficeParts
from factcheck.verdict import Label, Report, Suggestion, Verdict
from service.formats.marked_spans import with_stance
from service.formats.word_document_text import WordDocumentText, clean, made, of_file

_MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_AUTHOR, _INITIALS = "factcheck", "fc"
_LARGEST_BYTES = 512 * 1024 * 1024
_DAMAGED = (
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, SyntaxError, OSError),
    zipfile.BadZipFile,
)


@dataclass(frozen=True, slots=True)
class _Comment:
    """One comment to come."""

    span: Span
    words: str
    text: str


def render_word(report: Report, article: Article) -> bytes:
    """A new document of the article."""
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = _AUTHOR, clean(article.title or "")
    document.core_properties.comments = ""
    return _saved(_marked(made(document, article), report, article))


def annotate_word(original: bytes, name: str, report: Report, article: Article) -> bytes:
    """The draft's own file with the marks in it; all else, comments of others and macros too, stays as it is.

    Raises: `UnreadableSource` where it is no Word document, or holds other words than were checked.
    """
    try:
        OfficeParts(original, "DOCX").tree("word/document.xml")
        _refuse_large(original)
        document = _opened(original)
    except UnreadableSource as fault:
        raise UnreadableSource(f"{name} {fault}") from None
    except _DAMAGED as error:
        raise UnreadableSource(f"{name} is a damaged Word document ({type(error).__name__})") from error
    text = of_file(document, article)
    if text is None:
        raise UnreadableSource(
            f"{name} does not hold the words that were checked; check the file again, or export a new document"
        )
    return _saved(_marked(text, report, article))


def _refuse_large(original: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(original)) as parts:
        if sum(info.file_size for info in parts.infolist()) > _LARGEST_BYTES:
            raise UnreadableSource(f"unpacks to more than {_LARGEST_BYTES >> 20} MB")


def _opened(original: bytes) -> Any:
    """The document; with macros, too, which python-docx does not take for a Word file by itself."""
    package = Package.open(io.BytesIO(original))
    part = package.main_document_part
    if part.content_type == _MACRO_MAIN and not isinstance(part, DocumentPart):
        loaded = DocumentPart.load(part.partname, part.content_type, part.blob, package)
        loaded.rels.update(part.rels)
        next(rel for rel in package.rels.values() if rel._target is part)._target = loaded
        part = loaded
    if part.content_type not in (CONTENT_TYPE.WML_DOCUMENT_MAIN, _MACRO_MAIN):
        raise UnreadableSource("is no Word document (a template or another Office file); save it as DOCX")
    return part.document


def _saved(text: WordDocumentText) -> bytes:
    target = io.BytesIO()
    text.document.save(target)
    return target.getvalue()


def _marked(text: WordDocumentText, report: Report, article: Article) -> WordDocumentText:
    remarks = sorted(_remarks(report, article), key=lambda r: (r.span.field is Field.TEXT, r.span.start, -r.span.end))
    suggestions = list(_suggestions(report))
    offsets: dict[Field, set[int]] = {field: set() for field in Field}
    for span in (*(remark.span for remark in remarks), *(suggestion.span for suggestion in suggestions)):
        offsets[span.field] |= {span.start, span.end}
    text.cut(offsets)
    coverage = report.coverage
    homeless = (
        [] if coverage.complete else [f"{coverage.not_reached} of {coverage.sentences} sentences were not reached."]
    )
    numbers = _free_ids(text.document)
    comments = _CommentWriter(text.document, numbers)
    for remark in remarks:
        runs = text.runs(remark.span.field, remark.span.start, remark.span.end)
        if runs:
            _comment(text.document, comments, runs, remark.text)
        else:
            homeless.append(f"“{remark.words}”\n{remark.text}")
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for suggestion in suggestions:
        span = suggestion.span
        if runs := text.runs(span.field, span.start, span.end):
            _change(runs, clean(suggestion.replacement), numbers, stamp)
    if homeless:
        _comment(text.document, comments, [_first_run(text.document)], "\n\n".join(homeless))
    return text


def _remarks(report: Report, article: Article) -> Iterator[_Comment]:
    fields = {Field.TEXT: article.text, Field.TITLE: article.title or ""}
    for verdict in report.verdicts:
        if verdict.label is not Label.NOT_CHECKABLE:
            span = verdict.claim.span
            yield _Comment(span, fields[span.field][span.start : span.end], _of_verdict(verdict))
    for conflict in report.internal_conflicts:
        span = conflict.a.span
        yield _Comment(span, conflict.a.text, f"Inside the draft\n{conflict.message}{_to_write(conflict.suggestions)}")


def _of_verdict(verdict: Verdict) -> str:
    lines = [verdict.label.value.capitalize(), verdict.message]
    for piece in with_stance(verdict.evidence)[:2]:
        document = piece.document
        told = ", ".join(part for part in (document.source, document.published_at, document.url) if part)
        lines.append(f"“{piece.text}” – {document.title or document.id}{f' ({told})' if told else ''}")
    return "\n".join(lines) + _to_write(verdict.suggestions)


def _to_write(suggestions: Sequence[Suggestion]) -> str:
    return "".join(f"\nSuggested: {suggestion.replacement}" for suggestion in suggestions)


def _suggestions(report: Report) -> Iterator[Suggestion]:
    """Those that do not touch each other: of two for the same words the first."""
    taken: list[Span] = []
    found = [s for verdict in report.verdicts for s in verdict.suggestions]
    for suggestion in (*found, *(s for conflict in report.internal_conflicts for s in conflict.suggestions)):
        if not any(span.overlaps(suggestion.span) for span in taken):
            taken.append(suggestion.span)
            yield suggestion


class _CommentWriter:
    """Adds comments in a time that does not grow with their number, as python-docx's own search for a free id does."""

    def __init__(self, document: Any, numbers: Iterator[int]) -> None:
        self._kept = document.part._comments_part.element
        self._one_at_a_time = Comments(OxmlElement("w:comments"), document.part._comments_part)
        self._numbers = numbers

    def add(self, text: str) -> int:
        """The id of the new comment."""
        element = self._one_at_a_time.add_comment(clean(text), _AUTHOR, _INITIALS)._comment_elm
        element.id = next(self._numbers)
        self._kept.append(element)
        return element.id


def _comment(document: Any, comments: _CommentWriter, runs: Sequence[Any], text: str) -> None:
    number = comments.add(text)
    Run(runs[0], document).mark_comment_range(Run(runs[-1], document), number)
    for run, is_end in ((runs[0], False), (runs[-1], True)):
        link = run.getparent()
        if link.tag == qn("w:hyperlink"):
            _put_outside(link, str(number), is_end)


def _put_outside(link: Any, number: str, is_end: bool) -> None:
    """Moves marks of a comment out of a link: readers other than Word miss them inside of one."""
    marks = [mark for mark in link if mark.get(qn("w:id")) == number]
    references = [run for run in link if run.find(f"{qn('w:commentReference')}[@{qn('w:id')}='{number}']") is not None]
    if is_end:
        for mark in reversed([m for m in marks if m.tag == qn("w:commentRangeEnd")] + references):
            link.addnext(mark)
    else:
        for mark in (m for m in marks if m.tag == qn("w:commentRangeStart")):
            link.addprevious(mark)


def _change(runs: Sequence[Any], replacement: str, numbers: Iterator[int], stamp: str) -> None:
    """The runs as deleted, behind them the replacement as inserted, in the letters of the first one."""
    for run in runs:
        deleted = _revision("w:del", numbers, stamp)
        run.addprevious(deleted)
        deleted.append(run)
        for element in run.findall(qn("w:t")):
            element.tag = qn("w:delText")
    inserted = _revision("w:ins", numbers, stamp)
    run = OxmlElement("w:r")
    properties = runs[0].find(qn("w:rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    words = OxmlElement("w:t")
    words.text = replacement
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    inserted.append(run)
    runs[-1].getparent().addnext(inserted)


def _revision(tag: str, numbers: Iterator[int], stamp: str) -> Any:
    return OxmlElement(tag, attrs={qn("w:id"): str(next(numbers)), qn("w:author"): _AUTHOR, qn("w:date"): stamp})


def _free_ids(document: Any) -> Iterator[int]:
    """Without those of the document's marks and comments."""
    found = (*document.element.xpath("//@w:id"), *document.part._comments_part.element.xpath("//@w:id"))
    used = {int(value) for value in found if value.lstrip("-").isdigit()}
    return (number for number in count(1) if number not in used)


def _first_run(document: Any) -> Any:
    found = next(iter(document.element.body.iter(qn("w:r"))), None)
    return found if found is not None else document.add_paragraph().add_run(" ")._r
