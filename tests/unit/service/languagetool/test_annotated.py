from hypothesis import given
from hypothesis import strategies as st

from service.languagetool.annotated import AnnotatedPiece, AnnotatedText, plain

PIECES = st.lists(
    st.one_of(
        st.text(max_size=8).map(lambda text: AnnotatedPiece(text, text)),
        st.tuples(st.text(max_size=8), st.sampled_from(["", "\n", " "])).map(lambda pair: AnnotatedPiece(*pair)),
    ),
    max_size=8,
)


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[start * 2 : end * 2].decode("utf-16-le", "surrogatepass")


@given(PIECES)
def test_every_character_of_text_is_found_where_it_was_sent(pieces: list[AnnotatedPiece]):
    text = AnnotatedText(pieces)
    at = 0
    for piece in pieces:
        if piece.is_text:
            for offset, char in enumerate(piece.read, at):
                assert utf16(text.sent, *text.range_utf16(offset, offset + 1)) == char
        at += len(piece.read)


@given(PIECES, st.data())
def test_any_range_lies_within_what_was_sent(pieces: list[AnnotatedPiece], data: st.DataObject):
    text = AnnotatedText(pieces)
    if not text.read:
        return
    start = data.draw(st.integers(0, len(text.read) - 1))
    end = data.draw(st.integers(start + 1, len(text.read)))
    first, last = text.range_utf16(start, end)
    assert 0 <= first <= last <= len(text.sent.encode("utf-16-le", "surrogatepass")) // 2


def test_astral_characters_count_two():
    assert plain("😀😀x").range_utf16(2, 3) == (4, 5)


def test_what_is_read_in_place_of_markup_stands_for_all_of_it():
    text = AnnotatedText([AnnotatedPiece("a", "a"), AnnotatedPiece("<br/>", "\n"), AnnotatedPiece("b", "b")])
    assert text.read == "a\nb"
    assert text.range_utf16(1, 2) == (1, 6)
