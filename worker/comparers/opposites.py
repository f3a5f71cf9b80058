"""Words that exclude each other: "the oldest bridge" against "the youngest bridge"."""

from collections.abc import Iterator

from factcheck.verdict import ConflictKind
from worker.comparers.context import claim_tokens
from worker.finding import Finding, clash
from worker.statement import Statement, Witness
from worker.values.lexicon import opposite_words

# Words too loose to exclude each other unless they stand with one noun.
_LOOSE = frozenset("first last early late old new left right open full free single".split())
_CLAIMED = frozenset({"ADJ", "ADV", "NOUN"})
_TOLD = frozenset({"ADJ", "ADV", "NOUN", "VERB"})


def find_opposites(statement: Statement, witness: Witness) -> Iterator[Finding]:
    """Words that exclude each other, on one noun (sure) or in one short statement (less so)."""
    here, there = statement.line.parsed, witness.parsed
    theirs = [t for t in there.tokens if t.pos in _TOLD]
    said = {t.lemma for t in theirs}
    for mine in claim_tokens(statement):
        if mine.pos not in _CLAIMED or mine.lemma in said:
            continue
        for other in theirs:
            if not opposite_words(mine.text.lower(), other.text.lower()):
                continue
            on_one_noun = here.tokens[mine.head].lemma == there.tokens[other.head].lemma
            if on_one_noun or mine.lemma not in _LOOSE:
                sureness = 0.8 if on_one_noun else 0.4 + 0.05 * max(0.0, witness.relevance)
                span, span_there = (mine.start, mine.end), (other.start, other.end)
                yield clash(ConflictKind.RELATION, span, witness, span_there, sureness, other.text, "word.opposite")
