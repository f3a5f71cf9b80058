from pathlib import Path

import pytest

from bench.ingest.samples.office import Placed, docx, odt, pdf, word, zipped
from tests.unit.ingest.archives import document, left_out

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (word("One.") + word("Two."), "One.\n\nTwo."),
        (
            f"<w:p><w:ins w:id='1'>{RUN.format('Nine')}</w:ins><w:del w:id='2'><w:r><w:delText>Ten</w:delText></w:r></w:del></w:p>",
            "Nine",
        ),
        (
            f"<w:p><w:moveFrom w:id='1'>{RUN.format('Moved.')}</w:moveFrom></w:p>{word('Stays.')}"
            f"<w:p><w:moveTo w:id='2'>{RUN.format('Moved.')}</w:moveTo></w:p>",
            "Stays.\n\nMoved.",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{RUN.format('It ')}</w:p>{word('sank.')}",
            "It sank.",
        ),
        (
            f"<w:p>{RUN.format('Body ')}{BOX.format(word('In a box.'))}{RUN.format('text.')}</w:p>",
            "Body text.\n\nIn a box.",
        ),
        (f"<w:p><w:hyperlink>{RUN.format('Linked')}</w:hyperlink>{RUN.format(' text.')}</w:p>", "Linked text."),
        (
            "<w:p><w:r><w:t>Six</w:t><w:br/><w:t>barns</w:t><w:tab/><w:t>burned</w:t></w:r></w:p>",
            "Six\nbarns burned",
        ),
        ("<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Ten</w:t></w:r><w:r><w:t>Nine</w:t></w:r></w:p>", "Nine"),
        ("<w:p><w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>Nine</w:t></w:r></w:p>", "Nine"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r><w:r><w:t>Seen</w:t></w:r></w:p>", "Seen"),
        (
            "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>6</w:t></w:r></w:p>",
            "10⁶",
        ),
        (f"<w:sdt><w:sdtContent>{word('In a control.')}</w:sdtContent></w:sdt>", "In a control."),
        (f"<w:tbl><w:tr><w:tc>{word('Year')}</w:tc><w:tc>{word('2019')}</w:tc></w:tr></w:tbl>", "Year | 2019"),
        (
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>El\u00adeven ﬁres</w:t></w:r></w:p>",
            "Eleven fires",
        ),
    ],
)
def test_a_word_document_is_read_as_word_shows_it(tmp_path: Path, body: str, text: str):
    assert document(tmp_path, "a.docx", docx(body)).text == text


def test_title_dates_and_footnotes_of_a_word_document(tmp_path: Path):
    notes = (
        f"<w:footnote w:type='separator'>{word('---')}</w:footnote><w:footnote w:id='2'>{word('As told.')}</w:footnote>"
    )
    raw = docx(word("Ferry sinks", "Title") + word("It sank."), notes, title="Template", created="2019-06-03T08:00:00Z")
    found = document(tmp_path, "a.docx", raw)
    assert (found.title, found.text, found.published_at) == (
        "Ferry sinks",
        "It sank.\n\nAs told.",
        "2019-06-03T08:00:00+00:00",
    )
    assert found.origin
    assert (found.origin.date_source, found.origin.byline) == ("docProps/core.xml created", "Kari Dahl")


def test_a_printed_date_goes_before_the_file_s_own(tmp_path: Path):
    raw = docx(word("Published: 3 June 2019") + word("It sank."), created="2001-01-01T00:00:00Z")
    assert document(tmp_path, "a.docx", raw).published_at == "2019-06-03"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xd0\xcf\x11\xe0 old word", "old binary office file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (zipped({"x": "y"}), "no word/document.xml"),
        (b"PK\x03\x04 broken", "is no DOCX"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "declares entities"),
        (docx(""), "holds no text"),
    ],
)
def test_what_is_no_word_document_is_told(tmp_path: Path, raw: bytes, says: str):
    assert says in left_out(tmp_path, "a.docx", raw).reason


STYLES = (
    '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>'
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>One.</text:p><text:p>Two.</text:p>", "One.\n\nTwo."),
        ("<text:p>Six<text:s/>barns<text:line-break/>burned<text:tab/>down</text:p>", "Six barns\nburned down"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Ten</text:p></text:deletion></text:changed-region>"
            "</text:tracked-changes><text:p><text:change/>Nine</text:p>",
            "Nine",
        ),
        ('<text:p><text:span text:style-name="T1">Ten</text:span> Nine</text:p>', "Nine"),
        ('<text:p>10<text:span text:style-name="T2">6</text:span></text:p>', "10⁶"),
        (
            "<text:p>It sank<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>As told.</text:p>"
            "</text:note-body></text:note>.</text:p><text:p>Then sun.</text:p>",
            "It sank.\n\nThen sun.\n\nAs told.",
        ),
        ("<text:p>It<office:annotation><text:p>Really?</text:p></office:annotation> sank.</text:p>", "It sank."),
        ("<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>", "One"),
        (
            "<text:p>Body<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame> text.</text:p>",
            "Body text.\n\nIn a box.",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell>"
            "<text:p>2019</text:p></table:table-cell></table:table-row></table:table>",
            "Year | 2019",
        ),
        ("<text:p>One\n   line.</text:p>", "One line."),
    ],
)
def test_an_odt_is_read_as_shown(tmp_path: Path, body: str, text: str):
    assert document(tmp_path, "a.odt", odt(body, STYLES)).text == text


def test_title_and_dates_of_an_odt(tmp_path: Path):
    meta = "<dc:title>Ferry sinks</dc:title><meta:creation-date>2019-06-03T08:00:00</meta:creation-date><dc:date>2019-06-04</dc:date>"
    found = document(tmp_path, "a.odt", odt("<text:p>It sank.</text:p>", meta=meta))
    assert (found.title, found.published_at) == ("Ferry sinks", "2019-06-03T08:00:00")
    assert found.origin
    assert found.origin.modified_at == "2019-06-04"


def column(left: float, top: float, lines: list[str], size: float = 10, pitch: float = 12) -> list[Placed]:
    return [(left, 842 - top - pitch * at, size, line) for at, line in enumerate(lines)]


LEFT = ["The ferry sank off the coast of Lysvik", "on Monday night, and nine people were", "rescued by fisher-"]
RIGHT = [
    "men from the village, who had seen the",
    "lights go out. The cause is unknown,",
    "the harbour master said on Tuesday.",
]


def test_columns_are_read_one_after_the_other_and_hyphens_at_line_ends_go(tmp_path: Path):
    page = [
        (50.0, 780.0, 20.0, "Ferry sinks off the coast of Lysvik, nine rescued"),
        *column(50, 120, LEFT),
        *column(310, 120, RIGHT),
    ]
    found = document(tmp_path, "a.pdf", pdf([page], "/CreationDate (D:20190603201500-07'00') /Author (Kari Dahl)"))
    assert found.title == "Ferry sinks off the coast of Lysvik, nine rescued"
    assert found.text == (
        "The ferry sank off the coast of Lysvik on Monday night, and nine people were rescued by fishermen from the village, "
        "who had seen the lights go out. The cause is unknown, the harbour master said on Tuesday."
    )
    assert found.published_at == "2019-06-03T20:15:00-07:00"


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path):
    pages = [
        [
            (50.0, 810.0, 9.0, "Harbor Post, June 2019"),
            *column(50, 100, [f"Paragraph {n} of the report is here."]),
            (290.0, 30.0, 9.0, str(n)),
        ]
        for n in (1, 2, 3)
    ]
    text = document(tmp_path, "a.pdf", pdf(pages)).text
    assert text == "\n\n".join(f"Paragraph {n} of the report is here." for n in (1, 2, 3))


def test_a_gap_or_an_indent_begins_a_paragraph(tmp_path: Path):
    page = [
        *column(50, 100, ["The first paragraph has two lines of", "text that end here."]),
        *column(65, 124, ["The second is indented and has two"]),
        *column(50, 136, ["lines as well."]),
        *column(50, 172, ["The third stands after a gap."]),
    ]
    assert document(tmp_path, "a.pdf", pdf([page])).text.count("\n\n") == 2


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"no pdf", "is no PDF"),
        (pdf([[]]), "no text"),
        (
            pdf([[(50, 500, 10, "x")]], extra_trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> "
                "/ID [<41> <41>]"),
            "has a password",
        ),
    ],
)  # fmt: skip
def test_a_pdf_without_readable_text_is_told(tmp_path: Path, raw: bytes, says: str):
    assert says in left_out(tmp_path, "a.pdf", raw).reason


def test_half_a_pdf_is_told_or_read(tmp_path: Path):
    raw = pdf([[(50, 500, 10, "The ferry sank.")]])
    document(tmp_path, "whole.pdf", raw)
