"""What editors decided on a verdict: dismissed, confirmed or open, with who, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

SHOWN_ENTRIES = 100
"""Number of entries that a decision keeps, the newest."""


class DecisionKind(StrEnum):
    """What an editor says of a verdict. `dismissed`: it is no reason to change the article. `confirmed`: it is right."""

    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One entry of a decision's history. `at` is ISO 8601 in UTC; `by` names a person or an API key.

    `label` is the verdict's label that the editor saw. `comment` is None if nothing was said, `assignee` where nobody
    is assigned.
    """

    kind: DecisionKind
    label: str
    at: str
    by: str
    comment: str | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on one claim of an article. `id` is the claim's id when it was first decided on.

    `claim_ids`, `text` and `odd_words` say where it stands: all ids that the claim had over the edits of the article,
    then its newest words, and of these the words in conflict. `entries` are the newest, oldest first, at least one; `count`
    counts those that are no longer kept too.
    """

    id: str
    claim_ids: tuple[str, ...]
    text: str
    odd_words: tuple[str, ...]
    entries: tuple[DecisionEntry, ...]
    count: int

    @property
    def last(self) -> DecisionEntry:
        """The newest entry."""
        return self.entries[-1]

    def kind_for(self, label: str) -> DecisionKind:
        """The decision on a verdict with this label. It holds for the label that the editor saw, and is open for another."""
        return self.last.kind if self.last.label == label else DecisionKind.OPEN

    @property
    def reason(self) -> str | None:
        """The newest comment that was given with the present decision."""
        for entry in reversed(self.entries):
            if entry.kind is not self.last.kind:
                return None
            if entry.comment:
                return entry.comment
        return None

    def added(self, entry: DecisionEntry, claim_id: str, text: str, odd_words: tuple[str, ...]) -> "Decision":
        """The decision with one more entry, made on this claim."""
        entries = (*self.entries, entry)[-SHOWN_ENTRIES:]
        return replace(self.found_at(claim_id, text, odd_words), entries=entries, count=self.count + 1)

    def found_at(self, claim_id: str, text: str, odd_words: tuple[str, ...]) -> "Decision":
        """The decision on a claim that an edit has changed."""
        claim_ids = (*(known for known in self.claim_ids if known != claim_id), claim_id)[-SHOWN_ENTRIES:]
        return replace(self, claim_ids=claim_ids, text=text, odd_words=odd_words)


def entry_to_json(entry: DecisionEntry) -> dict[str, Any]:
    """One entry as clients see it and as Redis keeps it."""
    return {
        "decision": entry.kind.value,
        "label": entry.label,
        "at": entry.at,
        "by": entry.by,
        "comment": entry.comment,
        "assignee": entry.assignee,
    }


def entry_from_json(raw: Mapping[str, Any]) -> DecisionEntry:
    """Inverse of `entry_to_json`."""
    return DecisionEntry(
        DecisionKind(raw["decision"]), raw["label"], raw["at"], raw["by"], raw["comment"], raw["assignee"]
    )


def decision_to_json(decision: Decision, label: str) -> dict[str, Any]:
    """The decision on a verdict with this label, as clients see it. `seen` identifies this state of it."""
    last = decision.last
    return {
        "id": decision.id,
        "decision": decision.kind_for(label).value,
        "comment": decision.reason,
        "assignee": last.assignee,
        "by": last.by,
        "at": last.at,
        "seen": decision.count,
        "history": [entry_to_json(entry) for entry in decision.entries],
    }


def decision_from_json(raw: Mapping[str, Any], claim_id: str, text: str) -> Decision:
    """The decision in a client's view of a claim."""
    entries = tuple(entry_from_json(entry) for entry in raw["history"])
    return Decision(raw["id"], (claim_id,), text, (), entries, raw["seen"])
