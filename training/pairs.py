"""The pairs that the model learns from and is watched on: reading them, choosing them, keeping some out."""

import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NOT_ENTAILMENT = -1
"""The class of a pair that is only known not to be entailed: neutral or contradiction."""
NOT_CONTRADICTION = -2
"""The class of a pair that is only known not to be a contradiction: entailment or neutral."""
LABELS = {
    "entailment": 0,
    "neutral": 1,
    "contradiction": 2,
    "not_entailment": NOT_ENTAILMENT,
    "not_contradiction": NOT_CONTRADICTION,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """`label`: a place in `encoder.CLASSES`, `NOT_ENTAILMENT` or `NOT_CONTRADICTION`. `source`: the set it comes from."""

    premise: str
    hypothesis: str
    label: int
    source: str


def read(path: Path) -> Iterator[Pair]:
    """The pairs of a gzipped file of JSON lines. Raises ValueError with the line's number where one cannot be read."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                yield Pair(row["premise"], row["hypothesis"], LABELS[row["label"]], row["src"])
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}, line {number}: {error!r}") from error


def kept_out(pair: Pair, one_in: int) -> bool:
    """Whether a pair is kept out of training. All pairs of one premise go the same way."""
    return int(hashlib.sha256(pair.premise.encode()).hexdigest()[:8], 16) % one_in == 0


def split(pairs: Iterable[Pair], watched: str, one_in: int) -> tuple[list[Pair], list[Pair]]:
    """(to learn from, to be watched): a pair of the source `watched` is watched where its premise is kept out. A pair
    of another source with one of those premises is dropped."""
    learnt, seen = [], []
    for pair in pairs:
        if not kept_out(pair, one_in):
            learnt.append(pair)
        elif pair.source == watched:
            seen.append(pair)
    return learnt, seen


def choose(pairs: Iterable[Pair], shares: Mapping[str, float], seed: int) -> list[Pair]:
    """The pairs in a random order, of each source the named share (0 to 1; unnamed sources are left out; 2 = each
    pair twice)."""
    chance = random.Random(seed)
    chosen = [
        pair for pair in pairs for turn in range(2) if chance.random() < min(1.0, shares.get(pair.source, 0.0) - turn)
    ]
    chance.shuffle(chosen)
    return chosen


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many pairs of each source."""
    return dict(Counter(pair.source for pair in pairs).most_common())
