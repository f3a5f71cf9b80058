"""Sentences of one article against passages of another that shares its names.

`python -m training.reader.mined_pairs OUT ARTICLES...`

Two kinds, as gzipped JSON lines: `mined/other` shares names and hardly another word: neutral. `mined/alike` shares names and
half of the other words, as reports on one event do: not a contradiction. Both teach that published reports about the same
persons seldom contradict each other. Neighbouring sentences of one article, `mined/beside`, do so, too.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.reader.windows import window
from training.synthetic.__main__ import articles

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]][.!?])[\"”]?\s+(?=[A-Z\"“])|\n+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"[a-z]{4,}|\d[\d.,]*")
_LEADING = 8
"""So many sentences of an article are read: its news."""
_RARE = 50
"""A name in more articles than this does not make two articles alike."""
_APART, _ALIKE = 0.15, 0.5
"""The share of the claim's words, names left out, that the passage holds at most, or at least."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, its place there, its names and its other words."""

    article: int
    place: int
    text: str
    names: frozenset[str]
    words: frozenset[str]


def sentences(texts: Sequence[str]) -> list[list[Sentence]]:
    """The leading sentences of each article, those of 8 to 40 words."""
    return [
        [
            _sentence(at, place, text)
            for place, text in enumerate(_SENTENCE_END.split(whole)[:_LEADING])
            if 8 <= len(text.split()) <= 40
        ]
        for at, whole in enumerate(texts)
    ]


def _sentence(article: int, place: int, text: str) -> Sentence:
    names = frozenset(_NAME.findall(text))
    return Sentence(
        article, place, text.strip(), names, frozenset(_WORD.findall(text.lower())) - {n.lower() for n in names}
    )


def mined(titles: Sequence[str], texts: Sequence[str], chance: random.Random) -> Iterator[dict[str, str]]:
    """The pairs of all articles, at most one of each kind for a claim."""
    told = sentences(texts)
    spread = Counter(name for article in told for name in {n for s in article for n in s.names})
    named: dict[str, list[Sentence]] = defaultdict(list)
    for article in told:
        for one in article:
            for name in one.names:
                if spread[name] <= _RARE:
                    named[name].append(one)
    for article in told:
        for claim in article:
            for source, other in _partners(claim, named, article, chance):
                passage = _with_next(other, told[other.article], chance)
                title = titles[other.article] if source != "mined/beside" and chance.random() < 0.3 else ""
                label = "neutral" if source == "mined/other" else "not_contradiction"
                yield {"premise": window(passage, None, title), "hypothesis": claim.text, "label": label, "src": source}


def _partners(
    claim: Sentence, named: dict[str, list[Sentence]], article: Sequence[Sentence], chance: random.Random
) -> Iterator[tuple[str, Sentence]]:
    near = {other for name in claim.names for other in named.get(name, ()) if other.article != claim.article}
    both = sorted((o for o in near if len(o.names & claim.names) >= 2), key=lambda o: (o.article, o.place))
    shares = [(len(claim.words & other.words) / max(1, len(claim.words)), other) for other in both]
    for source, kept in (
        ("mined/other", [o for share, o in shares if share <= _APART]),
        ("mined/alike", [o for share, o in shares if _ALIKE <= share < 0.95]),
        ("mined/beside", [o for o in article if abs(o.place - claim.place) == 1]),
    ):
        if kept and (source != "mined/beside" or chance.random() < 0.1):
            yield source, chance.choice(kept)


def _with_next(other: Sentence, article: Sequence[Sentence], chance: random.Random) -> str:
    after = [s.text for s in article if s.place == other.place + 1]
    return f"{other.text} {after[0]}" if after and chance.random() < 0.3 else other.text


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("articles", type=Path, nargs="+")
    said.add_argument("--seed", type=int, default=7)
    given = said.parse_args()
    titles, texts = zip(*articles(given.articles), strict=True)
    seen: Counter[str] = Counter()
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for row in mined(titles, texts, random.Random(given.seed)):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            seen[row["src"]] += 1
    print(dict(seen))


if __name__ == "__main__":
    main()
