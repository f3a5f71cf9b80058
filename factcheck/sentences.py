"""Sentence splitter with exact offsets. Rule-based, so service and worker split the same text alike.

Compared with libraries in docs/adr/0003. A sentence ends at . ! ? … followed by white space, unless the dot belongs to an
abbreviation or initial; closing quotes and brackets go with it. A blank line or a line break that ends a line without a
sentence mark (headings, list items) ends a sentence too, but for lines wrapped at a margin. A dateline, label or bullet
that opens a line is a piece of its own.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.boilerplate import boilerplate_kind, boilerplate_prefix, clock_prefix

# Words whose dot does not end a sentence when a capital or digit follows.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon gen col lt sgt capt cmdr adm maj brig sen rep gov pres supt fr st mt ft no nos vol fig ca cf
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun vs v approx est dept univ assn bros
    e.g i.e u.s u.k u.n e.u u.s.a d.c ave blvd rd messrs mme mlle pte cpl det insp rs art arts sec secs cl para paras ch chs
    pp ed eds cit op avg max min incl excl ext tel hrs gov't nr ser hwy rte cmdt supt atty asst assoc comdr dir mfg intl natl
    b.c b.c.e a.d c.e p.c pvt pty pop""".split()
)
# Of these, words of their own in lower case ("the midday sun.").
_CAPITALISED = frozenset(
    "sun sat mon wed mar dec jan apr jun jul aug sep nov oct fri col gen rev hon cap capt pres ms det rep sen fig pt mt ft max "
    "min art sec ed ext para ser op cit av inc tues thu insp cl ch".split()
)
# Of these, words of their own too: an abbreviation only in front of a digit.
_BEFORE_DIGITS = frozenset("no art sec ch min max ed ext cl ser para secs op".split())
# After these a capital often starts a new sentence: a dot ends the sentence when the next word looks like a starter.
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


def line_wraps(text: str) -> Iterator[tuple[int, int]]:
    r"""Half-open ranges of the line breaks that only wrap a line, each with the white space around it.

    >>> list(line_wraps("The ferry sank off\nLysvik. Nine died."))
    [(18, 19)]
    """
    paragraph: list[re.Match[str]] = []
    start = 0
    for gap in _BREAK.finditer(text):
        paragraph.append(gap)
        if gap.group().count("\n") > 1:
            yield from _wraps_of(text, start, paragraph)
            paragraph, start = [], gap.end()
    yield from _wraps_of(text, start, paragraph)


def _wraps_of(text: str, start: int, gaps: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Of the breaks of one paragraph: a paragraph with one break inside of a sentence is wrapped throughout."""
    starts = [start, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), _line_end(text, starts[-1])]
    lines = [_Line(text, first, last) for first, last in zip(starts, ends, strict=True)]
    sure = [_goes_on(a, b) for a, b in pairwise(lines)]
    width = max((len(line.words) for line in lines), default=0) if any(sure) else 0
    for gap, certain, (a, b) in zip(gaps, sure, pairwise(lines), strict=True):
        if gap.group().count("\n") == 1 and (certain or _filled(a, b, width)):
            yield gap.span()


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


class _Line:
    """One line of a text. `is_open`: it ends inside of a sentence."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.words = text[start:end].strip()
        tail = self.words[-_TAIL_CHARS:]  # a search for an end tries every place of a text: of the last ones only
        self.is_open = bool(self.words) and _LINE_ENDS.search(tail) is None
        last = _LAST_WORD.search(tail)
        self.last = last.group().lower() if last else ""

    def opens_sentence(self) -> bool:
        """A capital on a word that has none inside of a sentence."""
        return self.words.split(" ", 1)[0].strip(_CLOSERS + "“‘«(,").lower() in _STARTERS

    def opens_item(self) -> bool:
        """A list item, a dateline, a byline: never the rest of the line above."""
        return _ITEM.match(self.words) is not None or boilerplate_kind(self.words) is not None


def _goes_on(line: _Line, following: _Line) -> bool:
    """The sentence surely runs on: in lower case, or after a word that no line but a wrapped one ends in."""
    if following.words[:1].islower():
        return True
    if not line.is_open or following.opens_item() or following.opens_sentence():
        return False
    return line.last in _NEVER_LAST or (_INNER_END.search(line.words) is not None and not _is_list(line))


def _is_list(line: _Line) -> bool:
    return line.opens_item() or boilerplate_prefix(line.words, 0, len(line.words)) > 0


def _filled(line: _Line, following: _Line, width: int) -> bool:
    """In a wrapped paragraph: the line is about as long as the others."""
    first_word = len(following.words.split(" ", 1)[0])
    reaches = width > 0 and (len(line.words) + 1 + first_word > width or len(line.words) > _FULL_SHARE * width)
    apart = following.opens_item() or following.opens_sentence() or boilerplate_kind(line.words) is not None
    return reaches and line.is_open and not apart


# Of the longest line: shorter lines of a wrapped paragraph are headings.
_FULL_SHARE = 0.7
_TAIL_CHARS = 40
_LINE_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_LAST_WORD = re.compile(r"[\w'’]+$")
_ITEM = re.compile(r"[•·▪◦●‣⁃*–—-]\s|\(?\w{1,2}[.)]\s|#")
# A sentence that has ended within the line, and another begun: running text, no heading.
_INNER_END = re.compile(r"[a-z0-9]{2}[.!?][\"'”’»)\]]*\s+[“\"'‘«(\[]*[A-Z]")
_NEVER_LAST = frozenset(
    """a an the of in on at by for from to with and or nor that which who whose as than into onto over under after before
    between during against through within without toward towards upon among near off along
    across behind beyond amid despite since until via outside inside about around is are was were be been has have had will
    would can could may might must should its his her their our my your these those mr mrs ms dr sen gov rep""".split()
)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together. Lines joined by a single break stay together while the text flows on."""
    start, wraps = 0, set(line_wraps(text))
    for gap in _BREAK.finditer(text):
        if gap.span() in wraps:
            continue
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _split_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    at = start
    while (behind := boilerplate_prefix(text, at, end)) > at:
        yield from _trimmed(text, at, behind)
        at = behind
        while at < end and text[at].isspace():
            at += 1
    for mark in _END.finditer(text, at, end):
        if _ends_sentence(text, at, mark, end):
            yield from _trimmed(text, at, mark.end())
            at = mark.end()
            if clock := clock_prefix(text, at, end):
                yield from _trimmed(text, at, clock)
                at = clock
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
    if word in _ABBREVIATIONS and not (
        word in _CAPITALISED and before.group()[0].islower() and not next_word[0].isdigit()
    ):
        return word in _BEFORE_DIGITS and not next_word[0].isdigit()
    is_initial = len(word) == 1 and word.isalpha() and before.group()[-1].isupper()
    is_acronym = re.fullmatch(r"(?:\w\.)+\w", word) is not None
    if is_initial or is_acronym:
        return next_word.lower() in _STARTERS and word != "i"
    return True
