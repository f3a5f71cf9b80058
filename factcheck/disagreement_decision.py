"""What editors decided on two passages of the archive that disagree: dismissed, or open again, with who, when and why."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from factcheck.decision import SHOWN_ENTRIES, DecisionKind
from factcheck.evidence import Document
from factcheck.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class DisagreementDecisionEntry:
    """One entry of the decision's history. `at` is ISO 8601 in UTC; `by` names a person or an API key."""

    kind: DecisionKind
    at: str
    by: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class DisagreementDecision:
    """`entries` are the newest, oldest first, at least one; `count` counts those that are no longer kept too."""

    entries: tuple[DisagreementDecisionEntry, ...]
    count: int

    @property
    def last(self) -> DisagreementDecisionEntry:
        """The newest entry."""
        return self.entries[-1]

    def added(self, entry: DisagreementDecisionEntry) -> "DisagreementDecision":
        """The decision with one more entry."""
        return replace(self, entries=(*self.entries, entry)[-SHOWN_ENTRIES:], count=self.count + 1)


def passages_key(pair: Mapping[str, Any], documents: Mapping[str, Document | None]) -> str | None:
    """Identifies what a pair says of its two sentences, whichever report was read and whatever else of the reports changes.

    None where a sentence does not stand in its report any more. `pair` is JSON as of `disagreement_to_json`.
    """
    sides = [_sentence(pair[name], documents) for name in ("earlier", "later")]
    if None in sides:
        return None
    told = json.dumps([sorted(filter(None, sides)), sorted(set(pair["kinds"]))], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def disagreement_decision_to_json(decision: DisagreementDecision) -> dict[str, Any]:
    """As clients see it. `seen` identifies this state of it."""
    last = entry_to_json(decision.last)
    return {**last, "seen": decision.count, "history": [entry_to_json(entry) for entry in decision.entries]}


def entry_to_json(entry: DisagreementDecisionEntry) -> dict[str, Any]:
    """One entry as clients see it and as Redis keeps it."""
    return {"decision": entry.kind.value, "at": entry.at, "by": entry.by, "comment": entry.comment}


def entry_from_json(raw: Mapping[str, Any]) -> DisagreementDecisionEntry:
    """Inverse of `entry_to_json`."""
    return DisagreementDecisionEntry(DecisionKind(raw["decision"]), raw["at"], raw["by"], raw["comment"])


def _sentence(side: Mapping[str, Any], documents: Mapping[str, Document | None]) -> list[str] | None:
    """The report's id and the whole sentence around the words of the side, in plain spaces."""
    document = documents.get(side["document"]["id"])
    if document is None:
        return None
    text = document.title if side["span"]["field"] == "title" else document.text
    start = side["span"]["start"]
    if not text.startswith(side["text"], start):
        start = text.find(side["text"])
    if start < 0:
        return None
    end = start + len(side["text"])
    around = [text[first:last] for first, last in split_sentences(text) if first < end and start < last]
    return [document.id, " ".join(" ".join(around).split())]
