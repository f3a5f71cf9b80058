"""Weights that separate claims from opinions.

`python -m training.checkable.fit DATA... --out worker/models/checkworthiness.json`

DATA are JSON lines of {"text", "label": checkable | not_checkable, "kind", "story"}, or labelled drafts (`*.cases.jsonl` or any
file whose lines have `article` and `expect`). A logistic regression over the sentence vector and a few words that are counted
(`worker.models.checkworthiness_model.counted`). All lines of a story stay together in cross-validation. The bar is the
probability above which no more than the stated share of checkable lines is lost. Needs scikit-learn, unlike the service.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from factcheck.settings import Settings
from worker.models.checkworthiness_model import FORMAT, inputs
from worker.models.load import load_models

Floats = npt.NDArray[np.float64]
_FOLDS = 8
_STRENGTHS = (0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Line:
    """`opinion`: not checkable. `story`: lines of one story are never on both sides of a fold."""

    text: str
    opinion: bool
    kind: str
    story: str


def main() -> int:
    """Prints the cross-validated figures, writes weights and bar."""
    parser = argparse.ArgumentParser(prog="python -m training.checkable.fit", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lost", type=float, default=0.01, metavar="SHARE", help="checkable lines that may be lost")
    parser.add_argument("--test", type=Path, help="labelled drafts to measure on, not learnt")
    args = parser.parse_args()
    models = load_models(Settings())
    lines = [line for path in args.data for line in read(path)]
    x = inputs([line.text for line in lines], models.encoder)
    y = np.array([line.opinion for line in lines])
    groups = np.array([line.story for line in lines])
    best, probabilities = max(
        ((c, cross_validated(x, y, groups, c)) for c in _STRENGTHS), key=lambda pair: likelihood(pair[1], y)
    )
    bar = float(np.quantile(probabilities[~y], 1.0 - args.lost))
    print(json.dumps({"lines": len(y), "strength": best, "bar": round(bar, 3), **figures(probabilities, y, bar)}))
    model = fitted(x, y, best)
    if args.test:
        held = list(read(args.test))
        p = model.predict_proba(inputs([line.text for line in held], models.encoder))[:, 1]
        print(json.dumps({"test": len(held), **figures(p, np.array([line.opinion for line in held]), bar)}))
    weights = {
        "format": FORMAT,
        "coefficients": [round(float(w), 4) for w in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 4),
        "bar": round(bar, 4),
    }
    args.out.write_text(json.dumps(weights) + "\n", encoding="utf-8")
    return 0


def read(path: Path) -> Iterator[Line]:
    """The lines of a file of either form."""
    for text in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if "expect" in row:
            yield from _labelled(row)
        else:
            yield Line(row["text"], row["label"] == "not_checkable", row["kind"], row["story"])


def _labelled(case: dict[str, Any]) -> Iterator[Line]:
    for expected in case["expect"]:
        yield Line(expected["sentence"], expected["label"] == "not_checkable", expected["kind"], case["id"])


def fitted(x: Floats, y: npt.NDArray[np.bool_], c: float) -> LogisticRegression:
    """The regression on all lines."""
    return LogisticRegression(C=c, max_iter=5_000).fit(x, y)


def cross_validated(x: Floats, y: npt.NDArray[np.bool_], groups: npt.NDArray[np.str_], c: float) -> Floats:
    """Each line's probability of being an opinion, by a fit without its story."""
    out = np.zeros(len(y))
    for learnt, held in GroupKFold(_FOLDS).split(x, y, groups):
        out[held] = fitted(x[learnt], y[learnt], c).predict_proba(x[held])[:, 1]
    return out


def likelihood(p: Floats, y: npt.NDArray[np.bool_]) -> float:
    """Mean log likelihood."""
    return float(np.log(np.where(y, p, 1.0 - p) + 1e-9).mean())


def figures(p: Floats, y: npt.NDArray[np.bool_], bar: float) -> dict[str, float]:
    """Opinions found and checkable lines lost at the bar, and how often either side of one half is right."""
    said = p > bar
    return {
        "opinions_found": round(float(np.mean(said[y])), 3),
        "checkable_lost": round(float(np.mean(said[~y])), 3),
        "right_at_half": round(float(((p > 0.5) == y).mean()), 3),
    }


if __name__ == "__main__":
    raise SystemExit(main())
