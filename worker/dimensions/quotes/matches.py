"""Matches a quotation with a text: verbatim, altered or spliced."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from worker.dimensions.quotes.find import find_quotes
from worker.dimensions.quotes.house_style import levelled, same_in_house_style

Offsets = tuple[int, int]
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[0-9]{1,3}(?:,[0-9]{2,3})+(?![0-9])|[0-9]+\.[0-9]+|[^\W_]+(?:['’ʼ`´][^\W_]+)*|[%％&]"
)
_GAP = re.compile(r"\[?(?:\.\s?\.\s?\.+|…)\]?|\[[^\[\]]{0,60}\]")
_EMPTY_WORDS = frozenset(
    """
    the a an of to in on at by for with and or but as that this these those it its is are was were be been has
    have had do does did so then there here just very also too
    """.split()
)
_LIKELY = 0.6  # below this share of common words, they are two different quotations
_ANY = 0.5  # below this share, they are unrelated
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """Words that differ: `claim` in the quotation, `evidence` in the text. One is empty if words were added or dropped."""

    claim: Offsets
    evidence: Offsets


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """The best match of a quotation in a text, at `text[start:end]`.

    `ratio` is the share of common words, in [0, 1]. `altered`: the same statement with a content word changed.
    `spliced`: two distant pieces joined without an ellipsis.
    """

    start: int
    end: int
    exact: bool
    ratio: float
    altered: bool
    spliced: bool
    changed: tuple[QuoteChange, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text in normal form, and the offsets of each."""

    plain: list[str]
    spans: list[Offsets]
    text: str


def match_quote(claim_quote: str, text: str) -> QuoteMatch | None:
    """The best match of `claim_quote` in `text`; None if nothing is similar.

    >>> match = match_quote("We can wait for years", "“We cannot wait for years,” he said.")
    >>> match.exact, match.altered
    (False, True)
    """
    pieces = _pieces(claim_quote)
    evidence = _words(text)
    if not pieces or not evidence.plain:
        return None
    exact = _verbatim(pieces, evidence) or _across_attribution(pieces, text)
    if exact:
        return QuoteMatch(*exact, exact=True, ratio=1.0, altered=False, spliced=False, changed=())
    claim = _words(claim_quote)
    if len(claim.plain) < 3:
        return None
    return _spliced(claim, evidence) or _nearest(claim, evidence)


def _words(text: str, start: int = 0, end: int | None = None) -> _Words:
    spans = [match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)]
    return _Words([_plain(text[first:last]) for first, last in spans], spans, text)


def _plain(word: str) -> str:
    level = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return levelled(level.casefold().translate(_APOSTROPHES))


_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))


def _pieces(quote: str) -> list[list[str]]:
    """The pieces of the quotation between ellipses and bracketed insertions, as normalised words."""
    cut = [_words(piece).plain for piece in _GAP.split(quote)]
    return [piece for piece in cut if piece]


class _WordSequenceIndex:
    """Finds word sequences in a text, by substring search over all words joined into one string."""

    def __init__(self, words: _Words) -> None:
        self.words = words
        self.joined = " " + " ".join(words.plain) + " "
        self.starts: list[int] = []
        at = 1
        for word in words.plain:
            self.starts.append(at)
            at += len(word) + 1

    def find(self, run: Sequence[str], after: int = 0) -> tuple[int, int] | None:
        """The first occurrence of `run` at or after word `after`, as a range of words; None if there is none."""
        if after >= len(self.starts):
            return None
        at = self.joined.find(" " + " ".join(run) + " ", self.starts[after] - 1)
        if at < 0:
            return None
        first = bisect_right(self.starts, at + 1) - 1
        return first, first + len(run)


def _verbatim(pieces: list[list[str]], evidence: _Words) -> Offsets | None:
    """The range of all pieces, verbatim and in order. Text between them was marked as omitted."""
    index = _WordSequenceIndex(evidence)
    first, at = -1, 0
    for piece in pieces:
        place = index.find(piece, at)
        if place is None:
            return None
        first = place[0] if first < 0 else first
        at = place[1]
    return evidence.spans[first][0], evidence.spans[at - 1][1]


def _across_attribution(pieces: list[list[str]], text: str) -> Offsets | None:
    """As `_verbatim`, within quoted words only, so that an attribution may interrupt: “…,” she said, “…”."""
    words = _Words([], [], text)
    for quote in find_quotes(text):
        if quote.depth == 0:
            inside = _words(text, quote.start, quote.end)
            words.plain.extend(inside.plain)
            words.spans.extend(inside.spans)
    place = _verbatim(pieces, words) if words.plain else None
    size = sum(len(piece) for piece in pieces)
    return place if place and place[1] - place[0] <= 14 * size + 160 else None


def _spliced(claim: _Words, evidence: _Words) -> QuoteMatch | None:
    """A match of a verbatim head and a verbatim tail from distant places, at least three words each."""
    index = _WordSequenceIndex(evidence)
    size = len(claim.plain)
    if not 6 <= size <= _LONGEST:
        return None
    head = _longest_head(index, claim.plain)
    if not 3 <= head <= size - 1:
        return None
    for cut in range(head, max(2, head - 3), -1):
        first, second = index.find(claim.plain[:cut]), index.find(claim.plain[cut:])
        if first and second and size - cut >= 3 and (second[0] - first[1] >= 4 or second[0] < first[0]):
            low, high = min(first[0], second[0]), max(first[1], second[1])
            at = claim.spans[cut][0]
            gap = evidence.spans[min(first[1], second[1]) - 1][1], evidence.spans[max(first[0], second[0])][0]
            return QuoteMatch(
                evidence.spans[low][0], evidence.spans[high - 1][1], exact=False, ratio=1.0, altered=False, spliced=True,
                changed=(QuoteChange((at, at), gap),),
            )  # fmt: skip
    return None


def _longest_head(index: _WordSequenceIndex, plain: list[str]) -> int:
    low, high = 0, len(plain)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if index.find(plain[:middle]) else (low, middle - 1)
    return low


def _nearest(claim: _Words, evidence: _Words) -> QuoteMatch | None:
    """Aligns the quotation with the part of the text that shares most words with it."""
    plain = claim.plain[:_LONGEST]
    first, last = _best_window(plain, evidence.plain)
    matcher = SequenceMatcher(None, plain, evidence.plain[first:last], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    head, tail = blocks[0], blocks[-1]
    low = _widened(evidence, first + head.b, -head.a)
    high = _widened(evidence, first + tail.b + tail.size, len(plain) - tail.a - tail.size)
    here = evidence.plain[low:high]
    ordered = 2 * sum(block.size for block in blocks) / (len(plain) + len(here))
    shared = 2 * sum((Counter(plain) & Counter(here)).values()) / (len(plain) + len(here))
    if shared < _ANY:
        return None
    changed = tuple(c for c in _changes(claim, evidence, plain, low, high) if not _is_style(claim, evidence, c))
    altered = shared >= _LIKELY and any(_matters(claim, evidence, change) for change in changed)
    return QuoteMatch(
        evidence.spans[low][0], evidence.spans[high - 1][1], exact=not changed, ratio=round(ordered, 4), altered=altered,
        spliced=False, changed=changed,
    )  # fmt: skip


_STOPS = re.compile(r"[.!?…\"“”«»\n]")


def _widened(evidence: _Words, at: int, by: int) -> int:
    """Moves a border outwards by the number of unmatched words, but not past the end of a sentence or a quotation mark."""
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        if not 0 < at < len(evidence.spans):
            return at
        if _STOPS.search(evidence.text, evidence.spans[at - 1][1], evidence.spans[at][0]):
            return at
        at += step
    return at


def _best_window(plain: list[str], text: list[str]) -> Offsets:
    """The window of the text with most words of the quotation, each counted once. Sliding window, linear time."""
    size = len(plain) + max(2, len(plain) // 4)
    wanted, have = Counter(plain), Counter[str]()
    best, score, at = 0, 0, 0
    for end, word in enumerate(text):
        if word in wanted:
            have[word] += 1
            score += have[word] <= wanted[word]
        if end >= size:
            gone = text[end - size]
            if gone in wanted:
                score -= have[gone] <= wanted[gone]
                have[gone] -= 1
        if score > best:
            best, at = score, end
    return max(0, at - 2 * size + 1), min(len(text), at + size)


def _changes(claim: _Words, evidence: _Words, plain: list[str], low: int, high: int) -> list[QuoteChange]:
    matcher = SequenceMatcher(None, plain, evidence.plain[low:high], autojunk=False)
    return [
        QuoteChange(_stretch(claim.spans, a1, a2), _stretch(evidence.spans, low + b1, low + b2))
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _stretch(spans: list[Offsets], first: int, last: int) -> Offsets:
    """Offsets from the first word to the last; without words, the empty range before the next word."""
    if last > first:
        return spans[first][0], spans[last - 1][1]
    at = spans[first][0] if first < len(spans) else spans[-1][1]
    return at, at


def _is_style(claim: _Words, evidence: _Words, change: QuoteChange) -> bool:
    """True if both sides are the same words in different house styles."""
    mine, theirs = _run(claim, change.claim), _run(evidence, change.evidence)
    return bool(mine and theirs) and same_in_house_style(
        [*_sign(claim, change.claim), *mine], [*_sign(evidence, change.evidence), *theirs]
    )


def _sign(words: _Words, span: Offsets) -> list[str]:
    """The currency sign right before the words of a span, if there is one."""
    sign = words.text[max(0, span[0] - 1) : span[0]]
    return [sign] if sign in _SIGNS else []


_SIGNS = frozenset("$€£¥₹")


def _matters(claim: _Words, evidence: _Words, change: QuoteChange) -> bool:
    """True if a content word was added, dropped or changed."""
    touched = set(_run(claim, change.claim)) ^ set(_run(evidence, change.evidence))
    return bool(touched - _EMPTY_WORDS)


def _run(words: _Words, span: Offsets) -> list[str]:
    """The normalised words within a span, in order."""
    first = bisect_right(words.spans, (span[0], -1))
    out = []
    while first < len(words.spans) and words.spans[first][1] <= span[1]:
        out.append(words.plain[first])
        first += 1
    return out
