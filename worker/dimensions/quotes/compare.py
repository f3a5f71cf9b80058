"""Compares quotations: altered words, and the right words with the wrong speaker."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.countries import country_of, government_of
from worker.dimensions.entities.names import find_names
from worker.dimensions.quotes.find import Quote, find_quotes, find_spoken
from worker.dimensions.quotes.matches import QuoteMatch, match_quote
from worker.dimensions.quotes.speakers import compare_speakers, name_words
from worker.dimensions.relation import Relation
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText

_LEAST_WORDS = 3


def compare_quotes(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], models: Models
) -> tuple[list[Alignment], list[SpanValue]]:
    """Alignments of every quotation of the claim, and the quotations, all of which a passage must support."""
    quotes = [
        q for q in find_spoken(statement.sentence.text) if _ours(q, statement) and len(q.text.split()) >= _LEAST_WORDS
    ]
    findings = [f for quote in quotes for f in _best(statement, quote, ranked_passages)]
    return findings, [SpanValue(q.start, q.end, None) for q in quotes]


def _ours(quote: Quote, statement: ClaimInContext) -> bool:
    return quote.depth == 0 and quote.start < statement.end and quote.end > statement.start


def _best(statement: ClaimInContext, quote: Quote, ranked_passages: Sequence[RankedPassage]) -> Iterator[Alignment]:
    """Alignments with the closest passage. An exact match outweighs passages with altered words."""
    matches = [(match_quote(quote.text, w.passage.text), w) for w in ranked_passages]
    found = [(match, ranked) for match, ranked in matches if match is not None]
    if not found:
        return
    match, ranked = max(found, key=lambda pair: (pair[0].exact, pair[0].ratio))
    yield from _words_differ(quote, match, ranked)
    if match.exact or match.ratio > 0.85:
        yield from _speaker_differs(statement, quote, match, ranked)


def _words_differ(quote: Quote, match: QuoteMatch, ranked: RankedPassage) -> Iterator[Alignment]:
    if match.exact:
        yield _quote_finding(Relation.AGREE, quote, match, ranked, 1.0)
    elif (match.altered or match.spliced) and _is_quoted(match, ranked) and _is_close(quote, match, ranked):
        yield _quote_finding(Relation.CONFLICT, quote, match, ranked, 0.6 + 0.4 * match.ratio)


def _is_quoted(match: QuoteMatch, ranked: RankedPassage) -> bool:
    """True if the passage has the words in quotation marks too. Indirect speech may change pronouns and tenses."""
    quotes = find_spoken(ranked.passage.text)
    return any(q.start <= match.start + 2 and match.end <= q.end + 2 for q in quotes) or _amid_speech(ranked)


# Least share of common words if one side has only a part of the speech: two sentences of one speaker are often similar.
_CLOSE = 0.8


def _is_close(quote: Quote, match: QuoteMatch, ranked: RankedPassage) -> bool:
    """True for two whole quotations, or nearly equal words."""
    closed = quote.outer_start < quote.start and quote.end < quote.outer_end
    whole = any(q.start <= match.start + 2 and match.end <= q.end + 2 for q in find_quotes(ranked.passage.text))
    return (closed and whole) or match.ratio >= _CLOSE


def _amid_speech(ranked: RankedPassage) -> bool:
    """True for a sentence without marks within a speech of several sentences."""
    passage = ranked.passage
    if find_spoken(passage.text):
        return False
    opened = any(q.end == len(passage.before) == q.outer_end for q in find_spoken(passage.before))
    return opened or any(q.start == 0 == q.outer_start for q in find_spoken(passage.after))


def _quote_finding(
    relation: Relation, quote: Quote, match: QuoteMatch, ranked: RankedPassage, score: float
) -> Alignment:
    conflict = relation is Relation.CONFLICT
    return Alignment(
        relation,
        ConflictKind.QUOTE,
        SpanValue(quote.start, quote.end, None),
        ranked,
        SpanValue(match.start, match.end, None),
        score,
        _said(quote, ranked.passage.text[match.start : match.end]) if conflict else None,
        "quote.altered" if conflict else "quote.exact",
    )


_CLOSING = re.compile(r"[.,;:!?…]*\s*$")


def _said(quote: Quote, words: str) -> str:
    """The passage's words with the final punctuation and capitalisation of the claim's quotation."""
    closing = _CLOSING.search(quote.text)
    first = quote.text[:1] if quote.text[:1].casefold() == words[:1].casefold() else words[:1]
    return f"{first}{words[1:].rstrip('.,;:!?… ')}{closing[0] if closing else ''}"


def _speaker_differs(
    statement: ClaimInContext, quote: Quote, match: QuoteMatch, ranked: RankedPassage
) -> Iterator[Alignment]:
    theirs = _speaker_at(ranked, match)
    mine = quote.speaker
    if (
        theirs is None
        or mine is None
        or theirs.speaker is None
        or quote.speaker_span is None
        or theirs.speaker_span is None
    ):
        return
    speaker = _resolved(theirs.speaker, theirs.speaker_span[0], ranked)
    relation = compare_speakers(mine, speaker)
    if relation is Relation.CONFLICT and not _are_two(mine, speaker, statement, ranked):
        relation = Relation.INCOMPARABLE
    if relation is Relation.INCOMPARABLE:
        relation = _governments(mine, speaker)
    if relation is not Relation.INCOMPARABLE:
        yield Alignment(
            relation,
            ConflictKind.ATTRIBUTION,
            SpanValue(*quote.speaker_span, None),
            ranked,
            SpanValue(*_within(theirs.speaker_span, match, ranked), None),
            0.9,
            speaker if relation is Relation.CONFLICT else None,
            "quote.speaker" if relation is Relation.CONFLICT else "quote.same-speaker",
        )


def _within(span: tuple[int, int], match: QuoteMatch, ranked: RankedPassage) -> tuple[int, int]:
    """The speaker's range in the passage; that of the quotation if the next sentence names the speaker."""
    return span if span[1] <= len(ranked.passage.text) else (match.start, match.end)


# Labels of names that are not persons. Without "GPE": the tagger often labels surnames as places.
_BODIES = frozenset({"ORG", "NORP", "FAC", "PRODUCT"})


def _are_two(mine: str, theirs: str, statement: ClaimInContext, ranked: RankedPassage) -> bool:
    """True if two surnames mean two people: neither is an organization or place, and they do not occur as one name."""
    if len(name_words(mine)) > 1 < len(name_words(theirs)):
        return True
    if _is_body(mine, statement.sentence.parsed) or _is_body(theirs, ranked.parsed):
        return False
    around = " ".join((ranked.passage.before, ranked.passage.text, ranked.passage.after, statement.context))
    last, other = re.escape(mine.split()[-1]), re.escape(theirs.split()[-1])
    return re.search(rf"\b(?:{last}\s(?:\S+\s)?{other}|{other}\s(?:\S+\s)?{last})\b", around) is None


def _is_body(speaker: str, parsed: ParsedText) -> bool:
    named = [n for n in find_names(parsed) if n.text and n.text in speaker]
    known = country_of(speaker) is not None or government_of(speaker) is not None
    return known or any(n.kind in _BODIES for n in named)


_PRONOUNS = frozenset({"it", "he", "she", "they"})
_FIRST_NAME = re.compile(r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)\s[a-z]")


def _resolved(speaker: str, at: int, ranked: RankedPassage) -> str:
    """The name for "it", "he" or "she": the last subject named before, or the name that begins the previous sentence."""
    if speaker.lower() not in _PRONOUNS:
        return speaker
    parsed = ranked.parsed
    spoken = [(q.outer_start, q.outer_end) for q in find_spoken(parsed.text)]
    subjects = [t for t in parsed.tokens if t.end <= at and t.dep in {"nsubj", "nsubjpass"} and t.pos != "PRON"]
    before = [t for t in subjects if not any(start <= t.start < end for start, end in spoken)]
    if before:
        phrase = [t for t in parsed.subtree(before[-1].index) if t.end <= at]
        return parsed.text[phrase[0].start : phrase[-1].end]
    named = _FIRST_NAME.match(ranked.passage.before) if speaker.lower() in ("he", "she") else None
    others = re.findall(r"[a-z,]\s([A-Z][\w’'-]+)", ranked.passage.before)
    return named["name"] if named and not others and name_words(named["name"]) else speaker


def _speaker_at(ranked: RankedPassage, match: QuoteMatch) -> Quote | None:
    """The innermost quotation of these words with a named speaker. Looks one sentence further if the speech continues."""
    text = ranked.passage.text
    open_end = any(q.end == len(text) == q.outer_end and q.speaker is None for q in find_spoken(text))
    told = f"{text} {ranked.passage.after}" if open_end else text
    quotes = [q for q in find_spoken(told) if q.start < match.end and match.start < q.end]
    return max((q for q in quotes if q.speaker is not None), key=lambda q: q.depth, default=None)


def _governments(a: str, b: str) -> Relation:
    """Conflict for two governments: "Pyongyang" against "South Korea’s government"."""
    x, y = _state(a), _state(b)
    if x is None or y is None:
        return Relation.INCOMPARABLE
    return Relation.AGREE if x == y else Relation.CONFLICT


def _state(speaker: str) -> str | None:
    words = speaker.replace("’s", "").replace("'s", "").removesuffix(" government").strip()
    return government_of(words) or country_of(words)
