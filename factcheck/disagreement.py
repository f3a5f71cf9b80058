"""Two reports of the archive that disagree: what the older one says, and what another one says against it."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from factcheck.article import Article, Field, Format, Span
from factcheck.check import CheckOptions, CheckRequest, OtherDocuments
from factcheck.check_json import document_ref
from factcheck.evidence import Document, DocumentRef, Evidence, Stance
from factcheck.json_mapping import to_json
from factcheck.publication_date import day_of, is_after
from factcheck.verdict import Conflict, ConflictKind, Label, Report, Verdict

_SHORT = 3
"""Words of so many letters bind a sentence together: they are in every other one."""

_WEIGHTS = {ConflictKind(kind): 1.0 for kind in "date weekday duration number percent money ordinal".split()}
_OTHER_KINDS = 0.5


class PublicationOrder(StrEnum):
    """Which of the two reports is older: `known`, of the `same_day`, or `unknown` where one has no date."""

    KNOWN = "known"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DisagreeingSide:
    """The sentence of one report. `words` are those that the other report contradicts, with their places in the report."""

    document: DocumentRef
    span: Span
    text: str
    words: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the order is known, `later` is the newer report. `kinds` are those of the conflicts, one for each pair of words."""

    earlier: DisagreeingSide
    later: DisagreeingSide
    order: PublicationOrder
    label: Label
    kinds: tuple[ConflictKind, ...]
    confidence: float

    @property
    def key(self) -> str:
        """The same for both readings of a pair: a against b, and b against a."""
        sides = sorted(_side_key(side) for side in (self.earlier, self.later))
        return "\n".join(sides)

    @property
    def id(self) -> str:
        """32 hexadecimal digits of the key."""
        return hashlib.sha256(self.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class CorpusAuditCriteria:
    """Which reports of the archive are compared with the others. `first` and `last` are ISO days of publication, inclusive;
    reports without a date are left out where one is given. `documents` are ids, `sources` names; empty for all.
    """

    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None

    def keeps(self, document: Document) -> bool:
        """True if the report is to be compared. Retracted ones never are."""
        day = str(day_of(document.published_at) or "")
        return (
            not document.retracted
            and (not self.sources or (document.source or "").strip().casefold() in _folded(self.sources))
            and (self.first is None or (bool(day) and day >= self.first))
            and (self.last is None or (bool(day) and day <= self.last))
        )


def audit_request(document: Document, today: str, options: CheckOptions) -> CheckRequest:
    """The check of a report against the others, those that are newer than it included, up to `today`."""
    article = Article(
        document.text,
        document.title or None,
        document.published_at,
        document.source,
        document.url,
        document.language,
        Format.TEXT,
    )
    until = document.published_at if is_after(document.published_at, today) else today
    others = OtherDocuments(document.id, document.story, document.published_at)
    return CheckRequest(article, None, until, None, options, others)


def disagreements(document: Document, report: Report) -> Iterator[Disagreement]:
    """What the check of a report against the others says, in the order of the text."""
    own = document_ref(document)
    for verdict in report.verdicts:
        if verdict.label in (Label.CONTRADICTED, Label.DISPUTED):
            for evidence in verdict.evidence:
                if evidence.stance is Stance.CONTRADICTS:
                    pair = _disagreement(document, own, verdict, evidence)
                    if _words(pair.earlier.text) != _words(pair.later.text) and not _is_update(pair, verdict):
                        yield pair


def _is_update(pair: Disagreement, verdict: Verdict) -> bool:
    """True if the later report tells the earlier figure itself ("The toll rose from three")."""
    if pair.order is not PublicationOrder.KNOWN or not _FIGURES.intersection(pair.kinds):
        return False
    told = {word for _, text in pair.earlier.words for word in _words(text)} - set(_words(pair.later.text))
    elsewhere = [e.text for e in verdict.evidence if e.document.id == pair.later.document.id]
    return any(told and told <= set(_words(text)) for text in elsewhere if text != pair.later.text)


def likelihood(pair: Disagreement) -> float:
    """From 0 to 1, to list by: the likelier two reports speak of one thing and cannot both be right, the higher.

    The judge's confidence, less where the sentences share few words besides those in conflict, where no value differs, and the
    further apart the reports' days are. Not fitted: real archives gave too few pairs (bench/RESULTS.md).
    """
    mine, other = (_words(side.text) for side in (pair.earlier, pair.later))
    kind = max((_WEIGHTS.get(kind, _OTHER_KINDS) for kind in pair.kinds), default=_OTHER_KINDS)
    return round(pair.confidence * _common(pair, mine, other) * kind * _nearness(pair), 4)


def disagreement_to_json(pair: Disagreement) -> dict[str, Any]:
    """As clients see it."""
    return {
        "earlier": _side_to_json(pair.earlier),
        "later": _side_to_json(pair.later),
        "order": pair.order.value,
        "label": pair.label.value,
        "kinds": [kind.value for kind in pair.kinds],
        "confidence": pair.confidence,
    }


def audit_criteria_to_json(criteria: CorpusAuditCriteria) -> dict[str, Any]:
    """As clients send it and as Redis keeps it."""
    return {
        "documents": list(criteria.documents),
        "sources": list(criteria.sources),
        "from": criteria.first,
        "to": criteria.last,
    }


def audit_criteria_from_json(raw: Mapping[str, Any]) -> CorpusAuditCriteria:
    """Inverse of `audit_criteria_to_json`. Missing members have their defaults."""
    return CorpusAuditCriteria(
        documents=tuple(raw.get("documents") or ()),
        sources=tuple(raw.get("sources") or ()),
        first=raw.get("from"),
        last=raw.get("to"),
    )


def _disagreement(document: Document, own: DocumentRef, verdict: Verdict, evidence: Evidence) -> Disagreement:
    span = verdict.claim.span
    said = (document.title if span.field is Field.TITLE else document.text)[span.start : span.end]
    conflicts = [conflict for conflict in verdict.conflicts if _is_of(conflict, evidence)]
    mine = DisagreeingSide(own, span, said, tuple((c.claim.span, c.claim.text) for c in conflicts))
    other = DisagreeingSide(
        evidence.document, evidence.span, evidence.text, tuple((c.evidence.span, c.evidence.text) for c in conflicts)
    )
    return Disagreement(
        mine,
        other,
        _order(own.published_at, evidence.document.published_at),
        verdict.label,
        tuple(conflict.kind for conflict in conflicts),
        verdict.confidence,
    )


_WORD = re.compile(r"[^\W_]+")
_FIGURES = frozenset({ConflictKind.NUMBER, ConflictKind.MONEY, ConflictKind.PERCENT})


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _common(pair: Disagreement, mine: list[str], other: list[str]) -> float:
    """Share of the shorter sentence's words, those in conflict left out, that the other sentence has too."""
    odd = {word for side in (pair.earlier, pair.later) for _, text in side.words for word in _words(text)}
    one, two = ({w for w in words if len(w) > _SHORT and w not in odd} for words in (mine, other))
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _nearness(pair: Disagreement) -> float:
    """1 for reports of one day, a half after a month; as after ten weeks where a day is not known."""
    first, second = (day_of(side.document.published_at) for side in (pair.earlier, pair.later))
    return 0.3 if first is None or second is None else 1.0 / (1.0 + abs((second - first).days) / 30.0)


def _is_of(conflict: Conflict, evidence: Evidence) -> bool:
    side = conflict.evidence
    return side.document_id == evidence.document.id and side.span.overlaps(evidence.span)


def _order(mine: str | None, other: str | None) -> PublicationOrder:
    if not mine or not other:
        return PublicationOrder.UNKNOWN
    return PublicationOrder.SAME_DAY if day_of(mine) == day_of(other) else PublicationOrder.KNOWN


def _side_key(side: DisagreeingSide) -> str:
    words = [text for _, text in side.words] or [side.text]
    return f"{side.document.id}\t{'; '.join(words)}"


def _side_to_json(side: DisagreeingSide) -> dict[str, Any]:
    return {
        "document": to_json(side.document),
        "span": to_json(side.span),
        "text": side.text,
        "words": [{"span": to_json(span), "text": text} for span, text in side.words],
    }


def _folded(sources: tuple[str, ...]) -> set[str]:
    return {source.strip().casefold() for source in sources}
