"""Checking kept articles again: which ones, and which verdicts flipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from factcheck.claim_tracking import FINDINGS, matched, words_of
from factcheck.verdict import Report, Verdict


class OutdatedReason(StrEnum):
    """What has changed since an article was checked: the software that reads, or the archive."""

    READER = "reader"
    CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class RecheckCriteria:
    """Which kept articles to check again. `articles` are ids; None for all. `first` and `last` are ISO days of the newest
    check, inclusive. `outdated`: only articles for which one of these has changed; empty for all.

    `later_reports`: reports newer than the article are evidence, up to today. `update`: the new verdicts replace the old ones.
    """

    articles: tuple[str, ...] | None = None
    first: str | None = None
    last: str | None = None
    outdated: tuple[OutdatedReason, ...] = ()
    later_reports: bool = True
    update: bool = True


@dataclass(frozen=True, slots=True)
class VerdictFlip:
    """A claim whose label differs from one report to the next. One of both is None if only the other has the claim."""

    before: Verdict | None
    after: Verdict | None

    @property
    def subject(self) -> Verdict:
        """The newer verdict, or the one that is left."""
        verdict = self.after or self.before
        assert verdict is not None
        return verdict


def flips_between(before: Report, after: Report) -> tuple[VerdictFlip, ...]:
    """Flips in the order of the text. A claim that only one report has counts where it is contradicted or disputed."""
    old = {verdict.claim.id: verdict for verdict in before.verdicts}
    pairs = matched([words_of(v) for v in before.verdicts], [words_of(v) for v in after.verdicts])
    flips = [
        VerdictFlip(old.get(pairs.get(v.claim.id, "")), v)
        for v in after.verdicts
        if _is_flipped(old.get(pairs.get(v.claim.id, "")), v)
    ]
    kept = set(pairs.values())
    gone = [VerdictFlip(v, None) for v in before.verdicts if v.claim.id not in kept and v.label in FINDINGS]
    return (*flips, *gone)


def criteria_to_json(criteria: RecheckCriteria) -> dict[str, Any]:
    """As clients send it and as Redis keeps it."""
    return {
        "articles": None if criteria.articles is None else list(criteria.articles),
        "from": criteria.first,
        "to": criteria.last,
        "outdated": [reason.value for reason in criteria.outdated],
        "later_reports": criteria.later_reports,
        "update": criteria.update,
    }


def criteria_from_json(raw: Mapping[str, Any]) -> RecheckCriteria:
    """Inverse of `criteria_to_json`. Missing members have their defaults."""
    articles: Sequence[str] | None = raw.get("articles")
    return RecheckCriteria(
        articles=None if articles is None else tuple(articles),
        first=raw.get("from"),
        last=raw.get("to"),
        outdated=tuple(OutdatedReason(reason) for reason in raw.get("outdated") or ()),
        later_reports=raw.get("later_reports", True),
        update=raw.get("update", True),
    )


def _is_flipped(before: Verdict | None, after: Verdict) -> bool:
    if before is None:
        return after.label in FINDINGS
    return before.label is not after.label


def count_of(flip: VerdictFlip) -> str:
    """The name under which a flip is counted: its new label, or `gone`."""
    return flip.after.label.value if flip.after else "gone"
