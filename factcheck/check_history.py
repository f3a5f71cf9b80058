"""The history of an article: its checks as versions, and what changed from one to another."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from factcheck.article import Article
from factcheck.check import CheckStatus
from factcheck.claim_tracking import TrackedClaim, decided, followed, matched, words_of
from factcheck.decision import Decision, DecisionKind
from factcheck.verdict import Report

ARTICLE_ID = r"[^/\x00-\x20\x7f]{1,200}"
"""An article's id, chosen by the client or made by `article_id_of`. No slash, since it is a part of a path."""


@dataclass(frozen=True, slots=True)
class CheckedVersion:
    """One check of an article. `summary` is the report's, `findings` are its contradicted and disputed claims; both are
    None until the check has finished.
    """

    number: int
    check_id: str
    status: CheckStatus
    created_at: str
    finished_at: str | None
    submitted_by: str | None
    is_watched: bool
    flips: int
    summary: Mapping[str, int] | None
    findings: tuple[TrackedClaim, ...] | None


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article as its newest check has it. `latest` is the newest check, `finished` the newest one that has finished.

    Times are ISO 8601 in UTC. `counts` are those of `decision_counts`, None until a check has finished.
    """

    id: str
    title: str | None
    url: str | None
    source: str | None
    created_at: str
    updated_at: str
    versions: int
    latest: CheckedVersion
    finished: CheckedVersion | None
    counts: Mapping[str, int] | None
    assignees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to list. `words` must all occur in id, title, URL or source. `person` submitted the newest check or is
    assigned to a claim.
    """

    words: tuple[str, ...] = ()
    only_open: bool = False
    only_watched: bool = False
    only_flipped: bool = False
    person: str | None = None
    since: str | None = None

    def keeps(self, article: ArticleState) -> bool:
        """True if the article is to be listed."""
        haystack = " ".join(filter(None, (article.id, article.title, article.url, article.source))).casefold()
        newest = article.finished or article.latest
        return (
            all(word.casefold() in haystack for word in self.words)
            and (not self.only_open or bool(article.counts and article.counts["open"]))
            and (not self.only_watched or newest.is_watched)
            and (not self.only_flipped or newest.flips > 0)
            and (self.person is None or self.person in (article.latest.submitted_by, *article.assignees))
            and (self.since is None or article.updated_at >= self.since)
        )


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What changed between two versions, in findings. `new` are of the later version, `mended` of the earlier one: the claim
    is gone, or has another label. `dismissed` are those of the later version that are dismissed.
    """

    new: tuple[TrackedClaim, ...]
    mended: tuple[TrackedClaim, ...]
    dismissed: tuple[TrackedClaim, ...]


def article_id_of(article: Article, check_id: str) -> str:
    """The id of an article that the client did not name: by its URL, else by its headline, else by its first check."""
    if article.url and article.url.strip():
        return f"url:{_digest(_without_fragment(article.url.strip()))}"
    headline = " ".join((article.title or "").split()).casefold()
    return f"title:{_digest(headline)}" if headline else f"check:{check_id}"


def compare(
    before: Sequence[TrackedClaim], after: Sequence[TrackedClaim], decisions: Sequence[Decision] = ()
) -> VersionChanges:
    """What changed from the findings `before` to the findings `after`."""
    pairs, on = matched(before, after), followed(decisions, after)
    dismissed = tuple(f for f in after if f.id in on and on[f.id].kind_for(f.label) is DecisionKind.DISMISSED)
    new = tuple(finding for finding in after if finding.id not in pairs)
    kept = set(pairs.values())
    return VersionChanges(new, tuple(finding for finding in before if finding.id not in kept), dismissed)


def moved_decisions(report: Report, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that stand on other words in `report` than when they were last seen, at their new place."""
    moved = []
    for verdict in decided(report, decisions).verdicts:
        claim = words_of(verdict)
        if verdict.decision is not None and claim.id not in verdict.decision.claim_ids:
            moved.append(verdict.decision.found_at(claim.id, claim.text, claim.odd))
    return moved


def _without_fragment(url: str) -> str:
    return re.sub(r"#.*", "", url, flags=re.S)


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]
