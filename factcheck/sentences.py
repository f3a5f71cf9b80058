"""Sentence splitter with exact offsets. Rule-based, so service and worker split the same text alike.

docs/adr/0003 compares it with libraries. A sentence ends at . ! ? … followed by white space, unless the dot belongs to
an abbreviation or initial. Closing quotation marks and brackets belong to the sentence. A blank line ends a sentence,
and so does a line break after a line without a sentence mark (headings, list items).
"""

import re
from collections.abc import Iterator

# Words whose dot does not end a sentence when a capital or digit follows.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon gen col lt sgt capt cmdr adm maj brig sen rep gov pres supt fr st mt ft no nos vol fig ca cf
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun vs v approx est dept univ assn bros
    e.g i.e u.s u.k u.n e.u u.s.a d.c ave blvd rd messrs mme mlle pte cpl det insp""".split()
)
# After these a capital often starts a new sentence: the dot ends the sentence when a typical first word follows.
_WEAK = frozenset("inc corp ltd co plc llc jr sr etc a.m p.m u.s u.k u.n e.u d.c u.s.a st al".split())
_STARTERS = frozenset(
    """the a an this that these those he she it they we you i his her its their our in on at by for from with after before but
    and however meanwhile as when while if although though since police officials there both all some many most no one two
    three what who why how yet still only last next earlier later another its several to under according asked during""".split()
)
_CLOSERS = "\"'”’»)]"
# Both patterns match at the start of a run only, so text of dots or blanks alone takes linear, not quadratic, time.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)")
_BREAK = re.compile(r"(?<![ \t])[ \t]*\r?\n\s*")
_WORD_BEFORE = re.compile(r"[\w.&'’]{1,24}$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([\w’']+)?")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the sentences of `text`, in order, never empty, without white space at the ends.

    Together the ranges cover every word.

    >>> list(split_sentences("He left on Feb. 9. She stayed."))
    [(0, 18), (19, 30)]
    """
    for start, end in _blocks(text):
        yield from _split_block(text, start, end)


def pieces(text: str, start: int, end: int, longest_chars: int) -> Iterator[tuple[int, int]]:
    """Splits `[start, end)` at white space into parts of at most `longest_chars`, trimmed.

    A text without sentence marks is one sentence, and may exceed a model's input limit.
    """
    while end - start > longest_chars:
        gap = max(text.rfind(" ", start, start + longest_chars), text.rfind("\n", start, start + longest_chars))
        cut = gap if gap > start else start + longest_chars
        yield start, start + len(text[start:cut].rstrip())
        while cut < end and text[cut].isspace():
            cut += 1
        start = cut
    if start < end:
        yield start, end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of text without a hard break. A single line break within running text does not separate blocks."""
    start = 0
    for gap in _BREAK.finditer(text):
        if _flows_on(text, gap):
            continue
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _flows_on(text: str, gap: re.Match[str]) -> bool:
    """True at a hard-wrapped line: one break, and the next line continues in lower case."""
    return gap.group().count("\n") == 1 and gap.end() < len(text) and text[gap.end()].islower()


def _split_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _END.finditer(text, start, end):
        if _ends_sentence(text, at, mark, end):
            yield from _trimmed(text, at, mark.end())
            at = mark.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    following = _NEXT_WORD.match(text, mark.end(), end)
    next_word = (following.group(1) or "") if following else ""
    closed = mark.group()[-1] in _CLOSERS
    if next_word[:1].islower():
        return False
    if closed or not mark.group().startswith(".") or len(mark.group()) > 1:
        return not closed or mark.group().rstrip(_CLOSERS) != ""
    return _dot_ends(text, start, mark.start(), next_word)


def _dot_ends(text: str, start: int, dot: int, next_word: str) -> bool:
    before = _WORD_BEFORE.search(text, max(start, dot - 25), dot)
    if before is None or not next_word:
        return True
    word = before.group().lower().lstrip("'’.")
    if word in _WEAK:
        return next_word.lower() in _STARTERS
    if word in _ABBREVIATIONS:
        return word == "no" and not next_word[0].isdigit()
    is_initial = len(word) == 1 and word.isalpha() and before.group()[-1].isupper()
    is_acronym = re.fullmatch(r"(?:\w\.)+\w", word) is not None
    if is_initial or is_acronym:
        return next_word.lower() in _STARTERS and word != "i"
    return True
