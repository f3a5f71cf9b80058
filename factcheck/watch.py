"""Watches: articles that are rechecked when the corpus changes, and the results."""

from dataclasses import dataclass
from typing import Annotated

from factcheck.corpus_version import CorpusVersion
from factcheck.json_mapping import JsonFieldOptions
from factcheck.verdict import Label, Report

SHOWN_FLIPS = 100
"""Number of flips that a check keeps. Flips of the last recheck are always kept."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A label that changed in recheck number `recheck`, counted from 1. `at` is ISO 8601 in UTC."""

    claim_id: str
    before: Annotated[Label, JsonFieldOptions("The verdict before.")]
    after: Annotated[Label, JsonFieldOptions("The verdict after.")]
    recheck: Annotated[int, JsonFieldOptions("Number of the recheck, from 1.")]
    at: Annotated[str, JsonFieldOptions("ISO 8601, UTC.")]


@dataclass(frozen=True, slots=True)
class Watch:
    """The watch of a check. Times are ISO 8601 in UTC.

    `checked_at` is the time of the last recheck, None before the first. `flips` are the newest, oldest first.
    """

    until: Annotated[str, JsonFieldOptions("ISO 8601, UTC.")]
    rechecks: Annotated[int, JsonFieldOptions("Number of rechecks.")]
    checked_at: Annotated[str | None, JsonFieldOptions("Time of the last recheck, whose report this is.")]
    flips: tuple[Flip, ...]

    def renewed(self, before: Report, after: Report, at: str) -> "Watch":
        """The watch after one more recheck, which replaced the report `before` by `after`."""
        number = self.rechecks + 1
        known = {verdict.claim.id: verdict.label for verdict in before.verdicts}
        new = tuple(
            Flip(verdict.claim.id, known[verdict.claim.id], verdict.label, number, at)
            for verdict in after.verdicts
            if known.get(verdict.claim.id, verdict.label) is not verdict.label
        )
        kept = max(0, SHOWN_FLIPS - len(new))
        return Watch(self.until, number, at, (*(self.flips[-kept:] if kept else ()), *new))

    def flipped_by(self, recheck: int) -> tuple[Flip, ...]:
        """The flips of one recheck."""
        return tuple(flip for flip in self.flips if flip.recheck == recheck)


@dataclass(frozen=True, slots=True)
class RecheckState:
    """Recheck state of a watched check. Times are seconds since 1970.

    `position` is the corpus version up to which the check must be examined. `since_s` is when that became necessary,
    `due_s` when the recheck is due; both are None after it. `recheck` is the id of the running recheck.
    """

    position: CorpusVersion
    since_s: float | None
    due_s: float | None
    recheck: str | None
