"""Suggestions put into the drafts they were made for, each sentence before and after, for a person to read: do they read?

The reports are passages of `training/data/newsroom` by the writers kept out of training; a draft is several sentences that
these contradict.
"""

import argparse
import json
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.article import Article, Field, Format
from factcheck.evidence import Document
from factcheck.ingest.path_documents import document_from_object
from factcheck.search.memory import MemorySearch
from factcheck.settings import read_settings
from factcheck.verdict import Label, Report
from factcheck_cli.local_checker import LocalChecker

STORIES = Path(__file__).parents[2] / "training" / "data" / "newsroom"
UNSEEN = "jm"
"""Writers whose stories no model was trained on."""

ARCHIVE, STORIES_A_DRAFT, EVIDENCE = 400, 2, 3
SHORTEST_WORDS = 5
_BEGUN_AMID = re.compile(r"(?:with|in|for|at|by|to|from|on|as|of|and|but|after|before|under|over|who|which|where)\b")


@dataclass(frozen=True, slots=True)
class Story:
    """A report, and sentences that it contradicts."""

    document: Document
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mend:
    """A sentence of a draft, the same with the suggestion put in, and the passage that the suggestion is taken from."""

    rule: str
    before: str
    after: str
    passage: str


def main() -> int:
    """0 where as many suggestions were found as wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writers", default=UNSEEN, help="letters of the files")
    parser.add_argument("--out", type=Path, help="where to write them instead, one JSON object a line")
    arguments = parser.parse_args()
    found = 0
    with arguments.out.open("w", encoding="utf-8") if arguments.out else sys.stdout as out:
        for mend in mends(arguments.writers, arguments.seed):
            found += 1
            print(json.dumps({"n": found, **_shown(mend)}, ensure_ascii=False), file=out, flush=True)
            if found == arguments.count:
                return 0
    return 1


def mends(writers: str, seed: int) -> Iterator[Mend]:
    """Of draft after draft, the suggestions of its contradicted claims."""
    chance = random.Random(seed)
    stories = read_stories(writers)
    chance.shuffle(stories)
    archive = MemorySearch([story.document for story in stories[:ARCHIVE]])
    checker = LocalChecker(read_settings(os.environ))
    for at in range(0, ARCHIVE, STORIES_A_DRAFT):
        told = stories[at : at + STORIES_A_DRAFT]
        article = _draft(told)
        yield from _mended(article, checker.check(article, archive, EVIDENCE))


def read_stories(writers: str) -> list[Story]:
    """All stories with at least one contradicted claim that begins as a sentence does."""
    stories = []
    for path in sorted(STORIES.glob(f"pairs_[{writers}]_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            sentences = tuple(
                _sentence(words) for label, _, words in raw["claims"] if label == "C" and _is_whole(words)
            )
            record = {"id": raw["id"], "title": "", "text": raw["passage"], "published_at": raw["date"]}
            if sentences:
                stories.append(Story(document_from_object(record, path.name), sentences))
    return stories


def _is_whole(claim: str) -> bool:
    return len(claim.split()) >= SHORTEST_WORDS and not _BEGUN_AMID.match(claim)


def _sentence(claim: str) -> str:
    return claim[:1].upper() + claim[1:] + ("" if claim[-1] in '.?!"”' else ".")


def _draft(told: list[Story]) -> Article:
    """A paragraph for each story, dated as the last of their reports."""
    text = "\n\n".join(" ".join(story.sentences) for story in told)
    published = max(story.document.published_at or "" for story in told)
    return Article(
        text=text, title=None, published_at=published, source=None, url=None, language="en", format=Format.TEXT
    )


def _mended(article: Article, report: Report) -> Iterator[Mend]:
    for verdict in report.verdicts:
        if verdict.label is not Label.CONTRADICTED or verdict.claim.span.field is not Field.TEXT:
            continue
        for suggestion in verdict.suggestions:
            before = _around(article.text, suggestion.span.start, suggestion.span.end)
            start, end = before
            text = article.text
            after = text[start : suggestion.span.start] + suggestion.replacement + text[suggestion.span.end : end]
            yield Mend(verdict.rule, text[start:end], after, verdict.evidence[0].text if verdict.evidence else "")


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span: sentences of these drafts end before a capital letter or a line's end."""
    ends = [m.end() for m in re.finditer(r"[.?!][\"”]?(?=\s+[A-Z0-9“\"]|\s*$|\n)", text)]
    first = max((e for e in ends if e <= start), default=0)
    last = min((e for e in ends if e >= end), default=len(text))
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _shown(mend: Mend) -> dict[str, str]:
    return {"rule": mend.rule, "before": mend.before, "after": mend.after, "passage": mend.passage}


if __name__ == "__main__":
    sys.exit(main())
