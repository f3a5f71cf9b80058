"""Finds quotations and their speakers. A stack pairs the marks, one paragraph at a time.

Knows straight, curly, single, low and angled marks. A paragraph that begins with a mark while one is open continues the
same speech. Apostrophes and unpaired marks are ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from worker.dimensions.quotes.speakers import find_speaker

_MARK = re.compile(r"[\"“”„‟«»‹›‘’‚'＂]|``|''")
_PARAGRAPH = re.compile(r"\r?\n(?=\s*(?:[^a-z\s]|$))|\r?\n[ \t]*\r?\n")
_PAIRS = {"“": "”“", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’", '"': '"', "'": "'",
          "＂": "＂", "``": "''"}  # fmt: skip
_DOUBLE = frozenset(("“", "„", "‟", "«", "»", '"', "＂", "``"))
_OPENS_ONLY = frozenset("“„‟«‹‘‚") | {"``"}
_SINGLE = frozenset("'‘’‚‹›")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation. `text[start:end]` excludes the marks, `[outer_start, outer_end)` includes them.

    `speaker` is the name or pronoun at `speaker_span`, None if nobody is named. `depth` is the number of enclosing
    quotations. `continues`: a new paragraph of the previous quotation's speech.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    speaker: str | None
    speaker_span: tuple[int, int] | None
    depth: int
    continues: bool


@dataclass(slots=True)
class _OpeningMark:
    """An opening mark without its closing mark yet."""

    mark: str
    start: int
    inside: int
    continues: bool


def find_quotes(text: str) -> list[Quote]:
    """The quotations of `text` by start offset. Nested ones follow the enclosing one.

    >>> [(q.text, q.speaker) for q in find_quotes('“We leave on Friday,” said Mara Lind.')]
    [('We leave on Friday,', 'Mara Lind')]
    """
    found: list[Quote] = []
    speaking: _OpeningMark | None = None
    for start, end in _paragraphs(text):
        quotes, speaking = _in_paragraph(text, start, end, speaking)
        found += quotes
    found.sort(key=lambda quote: (quote.start, -quote.end))
    return _back_to_front(list(_with_speakers(text, found)))


def find_spoken(text: str) -> list[Quote]:
    """The quotations of a sentence, including parts of a longer speech, which have only one mark.

    In a speech of several sentences, the first has only an opening mark and the last only a closing one.

    >>> [(q.text, q.speaker) for q in find_spoken("We are ready,” said Mara Lind.")]
    [('We are ready,', 'Mara Lind')]
    """
    whole = find_quotes(text)
    lone = [m for m in _DOUBLE_MARK.finditer(text) if not any(q.outer_start <= m.start() < q.outer_end for q in whole)]
    halves = [half for mark in lone if (half := _half(text, mark, whole)) is not None]
    return sorted([*whole, *halves], key=lambda quote: (quote.start, -quote.end))


_DOUBLE_MARK = re.compile(r"[“”«»\"]")


def _half(text: str, mark: re.Match[str], whole: list[Quote]) -> Quote | None:
    """The text before an unpaired closing mark or after an unpaired opening one; None if another quotation interrupts it."""
    at, end = mark.span()
    if _opens_speech(text, mark):
        clear = not any(q.start > at for q in whole)
        opened = _quote(text, _OpeningMark(mark[0], at, end, False), len(text), len(text), 0)
        return _spoken_by(text, opened) if clear and end < len(text) else None
    closes = not any(q.start < at for q in whole) and not text[at - 1 : at].isdigit() and at > 0
    return _spoken_by(text, _quote(text, _OpeningMark(mark[0], 0, 0, False), at, end, 0)) if closes else None


def _opens_speech(text: str, mark: re.Match[str]) -> bool:
    free = mark.start() == 0 or text[mark.start() - 1].isspace()
    return mark[0] in "“«" or (mark[0] == '"' and free and bool(text[mark.end() : mark.end() + 1].strip()))


def _spoken_by(text: str, quote: Quote) -> Quote:
    span = find_speaker(text, 0, quote.outer_start, quote.outer_end, len(text))
    return replace(quote, speaker=text[span[0] : span[1]], speaker_span=span) if span else quote


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _in_paragraph(
    text: str, start: int, end: int, speaking: _OpeningMark | None
) -> tuple[list[Quote], _OpeningMark | None]:
    """The quotations of one paragraph, and the mark still open at its end."""
    stack: list[_OpeningMark] = []
    found: list[Quote] = []
    head = end - len(text[start:end].lstrip())
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        closes = _closes(text, mark, at, match.end(), stack)
        if closes is not None:
            found.append(_quote(text, stack[closes], at, match.end(), closes))
            del stack[closes:]
        elif _opens(text, mark, at, match.end(), stack):
            first = not stack and at == head and speaking is not None and speaking.mark == mark
            stack.append(_OpeningMark(mark, at, match.end(), first))
    return _left_open(text, end, stack, found, speaking)


def _left_open(
    text: str, end: int, stack: list[_OpeningMark], found: list[Quote], speaking: _OpeningMark | None
) -> tuple[list[Quote], _OpeningMark | None]:
    """Treats a double mark still open at the paragraph's end as a speech that continues, if the next paragraph does."""
    if speaking is not None and not any(quote.continues for quote in found) and not (stack and stack[0].continues):
        speaking = None
    waiting = stack[0] if stack and stack[0].mark in _DOUBLE else None
    if waiting is None:
        return found, None
    if waiting.continues or _goes_on(text, end, waiting.mark):
        found.append(_quote(text, waiting, _trimmed(text, waiting.inside, end), _trimmed(text, waiting.inside, end), 0))
        return found, waiting
    return found, None


def _goes_on(text: str, end: int, mark: str) -> bool:
    following = text[end : end + 40].lstrip()
    return following.startswith(mark)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _closes(text: str, mark: str, at: int, end: int, stack: list[_OpeningMark]) -> int | None:
    """The index of the open mark that this one closes; None if there is none."""
    if mark in ("'", "’") and not _ends_word(text, at, end):
        return None
    for index in range(len(stack) - 1, -1, -1):
        waiting = stack[index]
        if mark in _PAIRS[waiting.mark] and at > waiting.inside and not _opens_again(text, mark, at, end):
            if mark in ("'", "’") and _is_possessive(text, at, end, waiting.mark):
                return None
            return index
    return None


def _ends_word(text: str, at: int, end: int) -> bool:
    after = text[end : end + 1]
    return not after.isalnum() and not text[at - 1 : at].isspace()


def _opens_again(text: str, mark: str, at: int, end: int) -> bool:
    """True for a straight mark between a space and a letter: it opens even if another mark is open."""
    if mark not in ('"', "'", "＂", "“"):
        return False
    before, after = text[at - 1 : at], text[end : end + 1]
    return before.isspace() and bool(after.strip()) and after not in ",.;:!?)"


def _is_possessive(text: str, at: int, end: int, opened: str) -> bool:
    """True for the apostrophe of "workers’ pay" in single quotation marks: plural s, a word after it, a closing mark later."""
    if text[at - 1 : at].lower() != "s" or not re.match(r"\s[a-z]", text[end : end + 2]):
        return False
    rest = text[end : end + 400].split("\n", 1)[0]
    closing = re.search(r"[^\s\w]?" + re.escape(_PAIRS[opened][0]) + r"(?!\w)", rest)
    opening = re.search(r"(?:^|\s)" + re.escape(opened) + r"\w", rest)
    return closing is not None and (opening is None or closing.start() < opening.start())


def _opens(text: str, mark: str, at: int, end: int, stack: list[_OpeningMark]) -> bool:
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    if not after.strip() or len(stack) >= 4:
        return False
    if mark in ("”", "’", "''"):
        return False
    if mark == "‹" or mark in _OPENS_ONLY - {"‘", "‚"}:
        return True
    if before.isalnum() or (before and before in "”’.,;:!?)" and mark in _SINGLE):
        return False
    return mark not in ("'", "‘") or ((after.isalnum() or after in '“"[…¡¿') and not _is_clipped(text, end))


def _is_clipped(text: str, end: int) -> bool:
    """True for an apostrophe at the start of a word: "’tis", "'90s", "'em"."""
    return re.match(r"(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n\b)", text[end : end + 6], re.IGNORECASE) is not None


def _quote(text: str, opened: _OpeningMark, at: int, end: int, depth: int) -> Quote:
    inside = text[opened.inside : at]
    return Quote(
        start=opened.inside, end=at, outer_start=opened.start, outer_end=end, text=inside, speaker=None, speaker_span=None,
        depth=depth, continues=opened.continues,
    )  # fmt: skip


def _with_speakers(text: str, quotes: list[Quote]) -> Iterator[Quote]:
    """Adds speakers. Parts of one speech share theirs, as do the two halves around "she said"."""
    last: Quote | None = None
    for index, quote in enumerate(quotes):
        if not quote.text.strip():
            continue
        before = quotes[index - 1].outer_end if index and quotes[index - 1].outer_end <= quote.outer_start else 0
        after = (
            quotes[index + 1].outer_start
            if index + 1 < len(quotes) and quotes[index + 1].outer_start >= quote.outer_end
            else len(text)
        )
        if quote.depth:
            before, after = max(before, _around(quote, quotes)), quote.outer_end
        span = find_speaker(text, before, quote.outer_start, quote.outer_end, after)
        if span is None and last is not None and quote.depth == 0 and _same_speech(text, last, quote):
            span = last.speaker_span
        named = replace(quote, speaker=text[span[0] : span[1]], speaker_span=span) if span else quote
        last = named if named.depth == 0 else last
        yield named


def _around(quote: Quote, quotes: list[Quote]) -> int:
    """Start of the enclosing quotation; its text before this one may name the speaker."""
    return max((q.start for q in quotes if q.start < quote.start and quote.end < q.end), default=0)


def _back_to_front(quotes: list[Quote]) -> list[Quote]:
    """Copies a speaker named at the end of a speech to its earlier paragraphs."""
    for index in range(len(quotes) - 2, -1, -1):
        quote, following = quotes[index], quotes[index + 1]
        if following.continues and quote.depth == 0 and quote.speaker is None and following.speaker:
            quotes[index] = replace(quote, speaker=following.speaker, speaker_span=following.speaker_span)
    return quotes


def _same_speech(text: str, last: Quote, quote: Quote) -> bool:
    """True if the speech continues in a new paragraph, or after an attribution with a full stop: “…,” she said. “…”"""
    if quote.continues:
        return True
    between = text[last.outer_end : quote.outer_start]
    return (
        last.speaker_span is not None
        and len(between) <= 160
        and "\n" not in between
        and bool(_ATTRIBUTION.fullmatch(between))
    )


_ATTRIBUTION = re.compile(r"[^.!?]{0,140}[.,]\s")
