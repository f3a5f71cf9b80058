"""An article that is checked again when the corpus changes, and what came of it."""

from dataclasses import dataclass

from factcheck.corpus_version import CorpusVersion
from factcheck.verdict import Label, Report

SHOWN_FLIPS = 100
"""How many flips a check remembers; those of its last recheck all the same."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that is another one since the recheck of that number, the first being 1. `at` is ISO 8601 in UTC."""

    claim_id: str
    before: Label
    after: Label
    recheck: int
    at: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Of a check: how long it is watched, how often it was checked again. Times are ISO 8601 in UTC.

    `checked_at` is the time of the last recheck, None before the first. `flips` are the newest, oldest first.
    """

    until: str
    rechecks: int
    checked_at: str | None
    flips: tuple[Flip, ...]

    def renewed(self, before: Report, after: Report, at: str) -> "Watch":
        """After one recheck more, which found `after` where `before` had been known."""
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
        """What one recheck changed."""
        return tuple(flip for flip in self.flips if flip.recheck == recheck)


@dataclass(frozen=True, slots=True)
class RecheckState:
    """Where a watched check stands. Times are seconds since 1970.

    `position` is the change of the corpus up to which it must have been looked at. `since` is when that first became
    so, `due` when it is to be checked again; both None where it has been. `recheck` is the check that does it, while
    it runs.
    """

    position: CorpusVersion
    since_s: float | None
    due_s: float | None
    recheck: str | None
