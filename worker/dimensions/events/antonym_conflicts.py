"""Words that exclude each other: "the oldest bridge" against "the youngest bridge"."""

from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.events.synonyms_and_antonyms import opposite_words
from worker.dimensions.slot_context import claim_tokens
from worker.text.pipeline_types import ClaimInContext, RankedPassage

# Words so general that they exclude each other only if they modify the same noun.
_LOOSE = frozenset("first last early late old new left right open full free single".split())
_CLAIMED = frozenset({"ADJ", "ADV", "NOUN"})
_TOLD = frozenset({"ADJ", "ADV", "NOUN", "VERB"})


def find_antonyms(
    statement: ClaimInContext, ranked: RankedPassage, ranked_passages: Sequence[RankedPassage]
) -> Iterator[Alignment]:
    """Conflicts between antonyms. Those that modify the same noun score 1, others the passage's similarity.

    A word of the claim does not conflict if the passage, or one at least as similar to the claim, has it too: "closed" against
    "the zoo opens on Sunday, but the pavilion stays closed".
    """
    here, there = statement.sentence.parsed, ranked.parsed
    theirs = [t for t in there.tokens if t.pos in _TOLD]
    said = {form for w in ranked_passages if w is ranked or w.similarity >= ranked.similarity for form in _forms(w)}
    for mine in claim_tokens(statement):
        if mine.pos not in _CLAIMED or mine.lemma in said or mine.text.lower() in said:
            continue
        for other in theirs:
            if not opposite_words(mine.text.lower(), other.text.lower()):
                continue
            on_one_noun = here.tokens[mine.head].lemma == there.tokens[other.head].lemma
            if on_one_noun or mine.lemma not in _LOOSE:
                score = 1.0 if on_one_noun else ranked.similarity
                span, span_there = (mine.start, mine.end), (other.start, other.end)
                yield conflict_between(
                    ConflictKind.RELATION, span, ranked, span_there, score, other.text, "word.opposite"
                )


def _forms(ranked: RankedPassage) -> Iterator[str]:
    for token in ranked.parsed.tokens:
        yield token.lemma
        yield token.text.lower()
