"""What the made pairs give away: `python -m training.shortcuts FILE`.

Two models that cannot understand anything: one sees the hypothesis alone (its words), one sees how much of it the passage
repeats. Balanced accuracy over the labels, trained on four fifths of the passages and tried on the rest: chance is
one half for two labels.
"""

import argparse
import itertools
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.pairs import Pair, kept_out, read

_WIDTH = 1 << 14


def words(text: str) -> list[str]:
    """Lower-case words."""
    return re.findall(r"[\w']+", text.lower())


def of_hypothesis(pair: Pair) -> list[int]:
    """Places of its words and word pairs in a table of 16,384."""
    said = words(pair.hypothesis)
    pieces = [*said, *(f"{a} {b}" for a, b in itertools.pairwise(said))]
    return [zlib.crc32(piece.encode()) % _WIDTH for piece in pieces]


def of_overlap(pair: Pair) -> list[float]:
    """How much of the hypothesis the passage has, how many words it lacks, and both lengths."""
    said, passage = words(pair.hypothesis), set(words(pair.premise))
    missing = sum(word not in passage for word in said)
    share = missing / max(1, len(said))
    return [1.0, share, share * share, min(missing, 10) / 10, missing == 0, missing == 1, missing == 2, len(said) / 50]


def hypothesis_only(train: Sequence[Pair], held: Sequence[Pair], rounds: int = 4) -> float:
    """Balanced accuracy of a logistic regression on the hypothesis's words."""
    weights, bias = np.zeros(_WIDTH, np.float32), 0.0
    rows = [(of_hypothesis(pair), float(pair.label == 0)) for pair in train]
    share = sum(label for _, label in rows) / len(rows)
    for turn in range(rounds):
        for places, label in rows:
            size = len(places) ** 0.5 or 1.0
            sure = 1.0 / (1.0 + np.exp(-(weights[places].sum() / size + bias)))
            step = 0.2 / (turn + 1) * (label - sure) * (1.0 / share if label else 1.0 / (1.0 - share)) / 2
            weights[places] += step / size
            bias += float(step) * 0.1
    said = [weights[of_hypothesis(pair)].sum() + bias > 0 for pair in held]
    return balanced(said, held)


def overlap_only(train: Sequence[Pair], held: Sequence[Pair]) -> float:
    """Balanced accuracy of a least-squares fit on the overlap."""
    rows = np.array([of_overlap(pair) for pair in train], dtype=np.float64)
    label = np.array([pair.label == 0 for pair in train], dtype=np.float64)
    weight = np.where(label > 0, 0.5 / label.mean(), 0.5 / (1.0 - label.mean()))
    fit = np.linalg.lstsq(rows * weight[:, None] ** 0.5, (label - 0.5) * weight**0.5, rcond=None)[0]
    said = (np.array([of_overlap(pair) for pair in held]) @ fit > 0).tolist()
    return balanced(said, held)


def balanced(said: Sequence[bool], held: Sequence[Pair]) -> float:
    """The mean of both labels' shares of right answers."""
    shares = []
    for label in (True, False):
        own = [answer == label for answer, pair in zip(said, held, strict=True) if (pair.label == 0) == label]
        shares.append(sum(own) / max(1, len(own)))
    return sum(shares) / 2


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    made = list(read(parser.parse_args().file))
    # A headline has a style of its own, so that a false headline is false by its words: measured apart.
    for name, without in (
        ("all", ()),
        ("sentences with one change", ("made/title", "made/other_title", "made/wrong_title", "made/apart")),
    ):
        chosen = [pair for pair in made if pair.source not in without]
        train = [pair for pair in chosen if not kept_out(pair, 5)]
        held = [pair for pair in chosen if kept_out(pair, 5)]
        print(
            f"{name}: {len(chosen)} pairs; entailed or not, balanced accuracy: "
            f"hypothesis alone {hypothesis_only(train, held):.3f}, overlap alone {overlap_only(train, held):.3f}"
        )


if __name__ == "__main__":
    main()
