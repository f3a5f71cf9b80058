"""Step 4: compares a claim with its passages. The dimensions align values, then the model reads each passage."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from factcheck.evidence import Passage
from factcheck.ports import EntailmentScores
from factcheck.publication_date import day_of
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.compare import claim_names, compare_entities
from worker.dimensions.events.compare import compare_events
from worker.dimensions.events.conflicting_accounts import find_conflicting_accounts
from worker.dimensions.hypothesis import restated
from worker.dimensions.quantities.altered_copies import compare_copied_sentences
from worker.dimensions.quantities.compare import compare_quantities
from worker.dimensions.quantities.name_value_pairs import compare_name_value_pairs
from worker.dimensions.quotes.compare import compare_quotes
from worker.dimensions.relation import Relation
from worker.dimensions.times.compare import compare_times
from worker.evidence.claim_evidence import ClaimEvidence, PassageReading, SubstitutionReading
from worker.evidence.features import agreed, contested, is_newer, open_substitutions
from worker.evidence.retrieve import Retrieved
from worker.evidence.support_vetoes import vetoes_support
from worker.models.ports import Models
from worker.models.reader_input import premise
from worker.text.pipeline_types import ClaimInContext, RankedPassage

Compared = tuple[list[Alignment], list[SpanValue]]
"""Alignments, and the values of the claim that a passage must support."""

# Rules for conflicts of two values that can replace each other.
_SUBSTITUTABLE = frozenset(
    f"{kind}.differs" for kind in ("date", "weekday", "duration", "number", "money", "percent", "ordinal")
)

_Pair = tuple[str, str]

Settled = Callable[[ClaimEvidence], bool]
"""Evidence with unread passages → True if reading them is not expected to change the verdict."""

# Scores for a passage that was not read: about the mean of third passages, less certain (783 claims).
UNREAD = EntailmentScores(supported=0.05, unverified=0.85, contradicted=0.10)
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 4
# From this probability on, a passage counts as contradicting the claim.
_REFUTED = 0.5
# Cosine by which the best passage must exceed the others for the best to be read alone first: at a margin of 0.5, 1 of 1,289 labels
# changes. With 0.07 it is 9 (docs/performance.md).
_FAR_BEHIND = 0.1
# Words of a window besides day and title; a longer passage stands alone. On three sets of drafts, recall at 4 % false alarms is 39,
# 38 and 37 % with whole neighbours, 40, 40 and 39 % with 40 words, at a quarter less time for an article (docs/performance.md).
_WINDOW_WORDS = 40


def never_settled(evidence: ClaimEvidence) -> bool:
    """Always False: every passage is read."""
    return False


def read_evidence(
    statement: ClaimInContext, retrieved: Retrieved, models: Models, is_settled: Settled = never_settled
) -> ClaimEvidence:
    """The evidence for and against the claim. The model reads each passage once against the claim in that passage's words,
    and once more for each differing value that no passage supports.

    The last of several passages is read only if the others do not settle the claim, or if it conflicts with the claim in
    something that no passage supports. The same holds for all but the best passage, if it is much more similar than the others.
    """
    aligned = _aligned_evidence(statement, retrieved, models)
    if is_settled is not never_settled:
        for unread in aligned.sparable(_FAR_BEHIND):
            evidence = aligned.read(models, unread)
            if is_settled(evidence):
                return evidence
    return aligned.read(models, unread=0)


def read_in_stages(statement: ClaimInContext, retrieved: Retrieved, models: Models) -> list[ClaimEvidence]:
    """The evidence with all passages read, then with each number of unread ones that a judge might be asked about, however
    similar the best passage is. For training."""
    aligned = _aligned_evidence(statement, retrieved, models)
    return [aligned.read(models, unread) for unread in (0, *aligned.sparable(far_behind=-1.0))]


def is_far_behind(similarities: Sequence[float], least: float = _FAR_BEHIND) -> bool:
    """True if the second and third passage are less similar than the first by more than `least`."""
    return len(similarities) > 2 and similarities[0] - max(similarities[1:]) > least


@dataclass(frozen=True, slots=True)
class _AlignedEvidence:
    """A claim's passages with aligned values and rules, before the model reads them. Lists are parallel to the passages or to
    `differing`. A pair is a premise and a claim."""

    statement: ClaimInContext
    retrieved: Retrieved
    alignments: Sequence[Alignment]
    required: Sequence[SpanValue]
    names: Sequence[SpanValue]
    vetoes: Sequence[str | None]
    windows: Sequence[_Pair]
    within: Sequence[bool]
    differing: Sequence[Alignment]
    substituted: Sequence[_Pair]
    verbatim: Sequence[bool]

    def sparable(self, far_behind: float) -> list[int]:
        """How many of the last passages may stay unread, most first: all but the best where its cosine exceeds the others' by
        more than `far_behind`."""
        similarities = [r.similarity for r in self.retrieved.ranked]
        last = len(similarities) - 1
        counts = (last, 1) if is_far_behind(similarities, far_behind) else (1,)
        return [unread for unread in counts if last > 0 and self._can_spare(unread)]

    def _can_spare(self, unread: int) -> bool:
        """False if one of the last `unread` passages conflicts with the claim in something that no passage supports."""
        blank, first = self._evidence({}, unread), len(self.retrieved.ranked) - unread
        clashing = [a for a in self.alignments if a.ranked.rank >= first and a.relation is Relation.CONFLICT]
        return all(_is_substitutable(a) and agreed(blank, a.claim) for a in clashing)

    def read(self, models: Models, unread: int) -> ClaimEvidence:
        """Reads the windows but the last `unread`, and the substitutions that no passage supports. The scores of other
        substitutions are never used."""
        asked = {id(s.conflict) for s in open_substitutions(self._evidence({}, unread))}
        put = [pair for a, pair in zip(self.differing, self.substituted, strict=True) if id(a) in asked]
        pairs = list(dict.fromkeys([*self.windows[: len(self.windows) - unread], *put]))
        return self._evidence(dict(zip(pairs, models.entailment.judge(pairs), strict=True)), unread)

    def _evidence(self, scores: Mapping[_Pair, EntailmentScores], unread: int) -> ClaimEvidence:
        """The evidence with these scores. A pair without scores counts as unread."""
        readings = tuple(
            _admitted(ranked, scores.get(pair, UNREAD), veto, within)
            for ranked, pair, veto, within in zip(
                self.retrieved.ranked, self.windows, self.vetoes, self.within, strict=True
            )
        )
        readings = without_superseded(readings, self.alignments)
        vetoed = {r.ranked.rank for r in readings if r.veto}
        return ClaimEvidence(
            statement=self.statement,
            readings=readings,
            others=self.retrieved.others,
            alignments=tuple(
                a for a in self.alignments if not (a.relation is Relation.AGREE and a.ranked.rank in vetoed)
            ),
            substitutions=tuple(
                SubstitutionReading(a, scores.get(pair, UNREAD), verbatim)
                for a, pair, verbatim in zip(self.differing, self.substituted, self.verbatim, strict=True)
            ),
            required_values=tuple(self.required),
            required_names=tuple(self.names),
            unread=unread,
        )


def _aligned_evidence(statement: ClaimInContext, retrieved: Retrieved, models: Models) -> _AlignedEvidence:
    ranked_passages = retrieved.ranked
    alignments, required = _aligned(statement, ranked_passages, models)
    vetoes = [vetoes_support(statement, r, alignments) for r in ranked_passages]
    vetoed = {r.rank for r, veto in zip(ranked_passages, vetoes, strict=True) if veto}
    if vetoed and any(_is_substitutable(a) and a.score == 0.0 for a in alignments):
        alignments, required = _aligned(statement, ranked_passages, models, vetoed)
    differing = [a for a in alignments if _is_substitutable(a)]
    windows = [(window(r.passage), restated(statement, alignments, r.rank)) for r in ranked_passages]
    return _AlignedEvidence(
        statement=statement,
        retrieved=retrieved,
        alignments=alignments,
        required=required,
        names=[SpanValue(n.start, n.end, None) for n in claim_names(statement)],
        vetoes=vetoes,
        windows=windows,
        within=[_is_within(claim, r.passage.text) for (_, claim), r in zip(windows, ranked_passages, strict=True)],
        differing=differing,
        substituted=[_alone(restated(statement, alignments, c.ranked.rank, c), c.ranked) for c in differing],
        verbatim=[_is_verbatim(_in_its_words(statement, alignments, c), c.ranked.passage.text) for c in differing],
    )


def _in_its_words(statement: ClaimInContext, alignments: Sequence[Alignment], conflict: Alignment) -> str:
    """The claim with the passage's value as the passage writes it. A correction may be worded differently."""
    return restated(statement, alignments, conflict.ranked.rank, replace(conflict, replacement=None))


def _admitted(ranked: RankedPassage, scores: EntailmentScores, veto: str | None, verbatim: bool) -> PassageReading:
    if veto is None:
        return PassageReading(ranked, scores, None, verbatim)
    silence = scores.unverified + scores.supported
    return PassageReading(ranked, EntailmentScores(0.0, silence, scores.contradicted), veto, verbatim=False)


def without_superseded(
    readings: tuple[PassageReading, ...], alignments: Sequence[Alignment]
) -> tuple[PassageReading, ...]:
    """The readings; a passage does not contradict a claim whose value a newer report of another story has, unless that report
    contradicts the claim itself."""
    superseded = {
        no.ranked.rank
        for yes, no in contested(readings, alignments)
        if is_newer(yes, no) and yes.scores.contradicted < _REFUTED
    }
    return tuple(_silenced(r) if r.ranked.rank in superseded else r for r in readings)


def _silenced(reading: PassageReading) -> PassageReading:
    scores = reading.scores
    silence = scores.unverified + scores.contradicted
    return replace(reading, scores=EntailmentScores(scores.supported, silence, 0.0))


def _is_within(claim: str, passage: str) -> bool:
    """True if the passage contains the claim's words without interruption."""
    words = _WORD.findall(claim.casefold())
    return len(words) >= _LEAST_WORDS and f" {' '.join(words)} " in f" {' '.join(_WORD.findall(passage.casefold()))} "


def read_variants(variants: Sequence[str], ranked: RankedPassage, models: Models) -> list[float]:
    """Probability that the passage contradicts each variant. The first variant is the claim, the others lack one phrase.

    A phrase that the passage has too is no reason for a contradiction: its variant is not read and counts as the claim,
    unless that holds for all.
    """
    claim, *shorter = dict.fromkeys(variants)
    told = _words(ranked.passage.text)
    read = [claim, *([v for v in shorter if not _words(claim) - _words(v) <= told] or shorter)]
    pairs = [(window(ranked.passage), variant) for variant in read]
    found = dict(zip(read, (scores.contradicted for scores in models.entailment.judge(pairs)), strict=True))
    return [found.get(variant, found[claim]) for variant in variants]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _aligned(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], models: Models, vetoed: Collection[int] = ()
) -> Compared:
    """Alignments of all dimensions. A conflict has score 0 if a passage supports the value whose rank is not `vetoed`."""
    values = (
        compare_times(statement, ranked_passages, models, vetoed),
        compare_quantities(statement, ranked_passages, models, vetoed),
        compare_quotes(statement, ranked_passages, models),
    )
    alignments = [
        *compare_events(statement, ranked_passages),
        *compare_entities(statement, ranked_passages),
        *compare_name_value_pairs(statement, ranked_passages),
        *compare_copied_sentences(statement, ranked_passages),
        *find_conflicting_accounts(statement, ranked_passages),
        *(alignment for found, _ in values for alignment in found),
    ]
    return alignments, [value for _, required in values for value in required]


def _is_substitutable(alignment: Alignment) -> bool:
    return alignment.relation is Relation.CONFLICT and alignment.rule in _SUBSTITUTABLE


def _alone(claim: str, ranked: RankedPassage) -> _Pair:
    """The pair of the sentence without its neighbours, and the claim in its words."""
    return premise(ranked.passage.text, ranked.anchor), claim


def _is_verbatim(claim: str, passage: str) -> bool:
    """True if the passage has every word of the claim, and these are enough to identify an event."""
    words = _words(claim)
    return len(words) >= _LEAST_WORDS and words <= _words(passage)


def window(passage: Passage) -> str:
    """The premise: day, title, and the passage with the nearest words of its neighbours, `_WINDOW_WORDS` in all."""
    before, after = _nearest_words(passage)
    text = " ".join(part for part in (before, passage.text, after) if part)
    title = "" if passage.span.field == "title" else passage.document.title
    return premise(text, _day(passage), title)


def _nearest_words(passage: Passage) -> tuple[str, str]:
    """The end of the sentence before, the beginning of the one behind. Each has half of the words left, and what the other does
    not need."""
    before, after = passage.before.split(), passage.after.split()
    left = max(0, _WINDOW_WORDS - len(passage.text.split()))
    kept_before = min(len(before), max(left // 2, left - len(after)))
    return " ".join(before[len(before) - kept_before :]), " ".join(after[: left - kept_before])


def _day(passage: Passage) -> date | None:
    return day_of(passage.document.published_at)
