"""`python -m training.synthetic.related OUT FILE SOURCE...`: pairs that share a name, and say nothing of each other.

Sets of facts hold what is borne out and what is refuted, hardly ever a passage about the same person that says neither.
A model that learnt from them alone calls such a passage a contradiction.
"""

import argparse
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.pairs import Pair, read

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"[a-z]{4,}|\d+")
MOST = 0.34
"""The share of a claim's words, names left out, that the other passage may hold: with more it may well bear it out."""
RARE = 60
"""A name of more pairs than this is no sign of a common subject."""


def related(pairs: Sequence[Pair], seed: int) -> Iterator[Pair]:
    """Each claim with the passage of another claim that shares a rare name, where there is one."""
    chance = random.Random(seed)
    named: dict[str, list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        for name in set(_NAME.findall(pair.hypothesis)):
            named[name].append(place)
    for place, pair in enumerate(pairs):
        alike = {
            other for name in set(_NAME.findall(pair.hypothesis)) if len(named[name]) <= RARE for other in named[name]
        }
        told = set(_WORD.findall(pair.hypothesis.lower())) - {n.lower() for n in _NAME.findall(pair.hypothesis)}
        offered = [
            pairs[other].premise
            for other in sorted(alike - {place})
            if pairs[other].premise != pair.premise and _held(told, pairs[other].premise) <= MOST
        ]
        if offered and told:
            yield Pair(chance.choice(offered), pair.hypothesis, 1, "related")


def _held(words: set[str], passage: str) -> float:
    return len(words & set(_WORD.findall(passage.lower()))) / max(1, len(words))


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("file", type=Path)
    said.add_argument("sources", nargs="+")
    said.add_argument("--seed", type=int, default=7)
    given = said.parse_args()
    count = 0
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for pair in related([pair for pair in read(given.file) if pair.source in given.sources], given.seed):
            row = {"premise": pair.premise, "hypothesis": pair.hypothesis, "label": "neutral", "src": pair.source}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    print(f"{count:7} neutral         related")


if __name__ == "__main__":
    main()
