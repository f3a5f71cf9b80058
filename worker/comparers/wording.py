"""Quotations: altered words, and right words from the wrong mouth."""

from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.finding import Finding, Words
from worker.kit import Kit
from worker.statement import Statement, Witness
from worker.syntax import Parsed
from worker.values.countries import country_of, government_of
from worker.values.quote_matches import QuoteMatch, compare_quote
from worker.values.quotes import Quote, find_quotes
from worker.values.speakers import compare_speakers
from worker.values.value import Relation

_LEAST_WORDS = 3


def compare_wording(statement: Statement, witnesses: Sequence[Witness], kit: Kit) -> tuple[list[Finding], list[Words]]:
    """Findings on every quotation of the claim; each asks to be borne out."""
    quotes = [
        q for q in find_quotes(statement.line.text) if _ours(q, statement) and len(q.text.split()) >= _LEAST_WORDS
    ]
    findings = [f for quote in quotes for f in _best(statement, quote, witnesses)]
    return findings, [Words(q.start, q.end, None) for q in quotes]


def _ours(quote: Quote, statement: Statement) -> bool:
    return quote.depth == 0 and quote.start < statement.end and quote.end > statement.start


def _best(statement: Statement, quote: Quote, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """The closest passage decides; one that has the words exactly outweighs any that has them differently."""
    matches = [(compare_quote(quote.text, w.passage.text), w) for w in witnesses]
    found = [(match, witness) for match, witness in matches if match is not None]
    if not found:
        return
    match, witness = max(found, key=lambda pair: (pair[0].exact, pair[0].ratio))
    yield from _words_differ(quote, match, witness)
    if match.exact or match.ratio > 0.85:
        yield from _speaker_differs(statement, quote, match, witness)


def _words_differ(quote: Quote, match: QuoteMatch, witness: Witness) -> Iterator[Finding]:
    if match.exact:
        yield _quote_finding(Relation.AGREE, quote, match, witness, 1.0)
    elif (match.altered or match.spliced) and _is_quoted(match, witness):
        yield _quote_finding(Relation.CONFLICT, quote, match, witness, 0.6 + 0.4 * match.ratio)


def _is_quoted(match: QuoteMatch, witness: Witness) -> bool:
    """The passage has these words in quotation marks too; indirect speech changes pronouns and tenses by right."""
    return any(q.start <= match.start + 2 and match.end <= q.end + 2 for q in find_quotes(witness.passage.text))


def _quote_finding(relation: Relation, quote: Quote, match: QuoteMatch, witness: Witness, sureness: float) -> Finding:
    conflict = relation is Relation.CONFLICT
    return Finding(
        relation,
        ConflictKind.QUOTE,
        Words(quote.start, quote.end, None),
        witness,
        Words(match.start, match.end, None),
        sureness,
        witness.passage.text[match.start : match.end] if conflict else None,
        "quote.altered" if conflict else "quote.exact",
    )


def _speaker_differs(statement: Statement, quote: Quote, match: QuoteMatch, witness: Witness) -> Iterator[Finding]:
    theirs = _speaker_at(witness, match)
    mine = quote.speaker
    if (
        theirs is None
        or mine is None
        or theirs.speaker is None
        or quote.speaker_span is None
        or theirs.speaker_span is None
    ):
        return
    speaker = _resolved(theirs.speaker, theirs.speaker_span[0], witness.parsed)
    relation = compare_speakers(mine, speaker)
    if relation is Relation.INCOMPARABLE:
        relation = _governments(mine, speaker)
    if relation is not Relation.INCOMPARABLE:
        yield Finding(
            relation,
            ConflictKind.ATTRIBUTION,
            Words(*quote.speaker_span, None),
            witness,
            Words(*theirs.speaker_span, None),
            0.9,
            speaker if relation is Relation.CONFLICT else None,
            "quote.speaker" if relation is Relation.CONFLICT else "quote.same-speaker",
        )


def _resolved(speaker: str, at: int, parsed: Parsed) -> str:
    """ "It", "he" or "she": the subject named last before."""
    if speaker.lower() not in {"it", "he", "she", "they"}:
        return speaker
    before = [t for t in parsed.tokens if t.end <= at and t.dep in {"nsubj", "nsubjpass"} and t.pos != "PRON"]
    if not before:
        return speaker
    phrase = [t for t in parsed.subtree(before[-1].index) if t.end <= at]
    return parsed.text[phrase[0].start : phrase[-1].end]


def _speaker_at(witness: Witness, match: QuoteMatch) -> Quote | None:
    """The innermost quotation of these words whose speaker is told."""
    quotes = [q for q in find_quotes(witness.passage.text) if q.start < match.end and match.start < q.end]
    return max((q for q in quotes if q.speaker is not None), key=lambda q: q.depth, default=None)


def _governments(a: str, b: str) -> Relation:
    """Two states are two speakers: "Pyongyang" against "South Korea’s government"."""
    x, y = _state(a), _state(b)
    if x is None or y is None:
        return Relation.INCOMPARABLE
    return Relation.AGREE if x == y else Relation.CONFLICT


def _state(speaker: str) -> str | None:
    words = speaker.replace("’s", "").replace("'s", "").removesuffix(" government").strip()
    return government_of(words) or country_of(words)
