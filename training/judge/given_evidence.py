"""The weights of `factcheck verify`: a claim against given evidence.

    python -m training.judge.given_evidence collect TABLE.jsonl [--stories FILE...] [--cases FILE...] [--pairs NAME...]
    python -m training.judge.given_evidence fit TABLE.jsonl... --out worker/verdict/given_evidence_weights.json [--weight SET=W...]

`collect` writes the features of claims whose label is known: written stories of writers whom the reader has not learnt, drafts
against all their reports, and sets of pairs that may be learnt from (SciFact, Climate-FEVER). `fit` makes a multinomial logistic
regression of them (scikit-learn, which the service does not need): sets have equal weight unless told otherwise, the labels of a
set, too. Prints the macro-F1 of each set, cross-validated by story, draft or claim. FRANK, BUMP and SummEdits are never learnt.
"""

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.model.sets import pairs
from bench.verdicts.scorer import SHARED
from factcheck.settings import Settings
from training.judge.regression_file import Floats, members
from worker.models.load import load_models
from worker.verdict.softmax_regression import value_of
from worker.verdict.verify_with_given_evidence import FEATURES, FORMAT, LABELS, read

_MAY_BE_LEARNT = ("scifact_train", "climate_fever")
_STORY_LABELS = {"S": "supported", "C": "contradicted", "N": "unverified"}
_PAIR_LABELS = {"supports": "supported", "refutes": "contradicted", "not enough info": "unverified"}
_FOLDS = 5
_STRENGTH = 0.03
"""Inverse of the penalty on large coefficients. At 0.3 summaries (CNN/DM) lose a point, Climate-FEVER gains one."""
# Words weigh otherwise in a long report than in one sentence.
_PRODUCTS = (
    "similarity*sentences", "missing*sentences", "entailment*sentences", "contradiction*sentences", "neutral*sentences",
    "entailment*similarity", "contradiction*similarity", "neutral*similarity", "entailment*missing", "contradiction*missing",
)  # fmt: skip
_NAMES = (*FEATURES, *_PRODUCTS)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim, its evidence, its label of `LABELS`. Claims of one `group` stay together in cross-validation."""

    set: str
    group: str
    claim: str
    evidence: list[str]
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """`x` shape [claims, features], `y` places in `LABELS`, `set` and `fold` of each claim."""

    x: Floats
    y: npt.NDArray[np.int64]
    set: npt.NDArray[np.str_]
    fold: npt.NDArray[np.int64]

    def weights(self, of_set: Mapping[str, float]) -> Floats:
        """Each set's weight is shared equally by its labels, and by the claims of a label. The mean is 1."""
        weight = np.zeros(len(self.y))
        for name in np.unique(self.set):
            for label in range(len(LABELS)):
                part = (self.set == name) & (self.y == label)
                weight[part] = of_set.get(str(name), 1.0) / max(1, part.sum())
        return np.asarray(weight / weight.mean())


def main() -> int:
    """The command line."""
    said = argparse.ArgumentParser(prog="python -m training.judge.given_evidence", description=__doc__)
    commands = said.add_subparsers(required=True)
    collecting = commands.add_parser("collect")
    collecting.add_argument("table", type=Path)
    collecting.add_argument("--stories", type=Path, nargs="*", default=[], metavar="FILE")
    collecting.add_argument("--cases", type=Path, nargs="*", default=[], metavar="FILE")
    collecting.add_argument("--pairs", nargs="*", default=[], choices=_MAY_BE_LEARNT)
    collecting.add_argument("--data", type=Path, default=SHARED / "eval/data", metavar="DIR")
    collecting.set_defaults(run=collect)
    fitting = commands.add_parser("fit")
    fitting.add_argument("table", type=Path, nargs="+")
    fitting.add_argument("--out", type=Path, required=True)
    fitting.add_argument("--weight", nargs="*", default=[], metavar="SET=W")
    fitting.set_defaults(run=fit)
    args = said.parse_args()
    args.run(args)
    return 0


def collect(args: argparse.Namespace) -> None:
    """Writes one JSON object a claim of one sentence: set, group, label, features. Others are left out: nobody said which of their
    sentences is wrong."""
    models = load_models(Settings())
    with args.table.open("w", encoding="utf-8") as out:
        for one in [*_of_stories(args.stories), *_of_cases(args.cases), *_of_pairs(args.pairs, args.data)]:
            sentences = read(one.claim, one.evidence, models)
            if len(sentences) == 1:
                row = {"set": one.set, "group": one.group, "label": one.label, "features": sentences[0]}
                out.write(json.dumps(row) + "\n")


def fit(args: argparse.Namespace) -> None:
    """Writes the weights; prints the cross-validated figures as JSON."""
    table = read_table(args.table)
    of_set = {name: float(weight) for name, _, weight in (text.partition("=") for text in args.weight)}
    weight = table.weights(of_set)
    said = np.zeros(len(table.y), dtype=np.int64)
    for fold in range(_FOLDS):
        told = table.fold == fold
        means, scales, coefficients, intercepts = _fitted(table.x[~told], table.y[~told], weight[~told])
        said[told] = (((table.x[told] - means) / scales) @ coefficients.T + intercepts).argmax(axis=1)
    figures = {
        str(name): macro_f1(table.y[table.set == name], said[table.set == name]) for name in np.unique(table.set)
    }
    print(json.dumps({"macro_f1": figures, "claims": len(table.y)}, indent=1))
    means, scales, coefficients, intercepts = _fitted(table.x, table.y, weight)
    weights = {"format": FORMAT, **members(_NAMES, means, scales, LABELS, coefficients, intercepts)}
    args.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def read_table(files: Iterable[Path]) -> Table:
    """The claims of all files."""
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return Table(
        x=np.array([[value_of(name, row["features"]) for name in _NAMES] for row in rows]),
        y=np.array([LABELS.index(row["label"]) for row in rows]),
        set=np.array([row["set"] for row in rows]),
        fold=np.array([zlib.crc32(row["group"].encode()) % _FOLDS for row in rows]),
    )


def macro_f1(true: npt.NDArray[np.int64], said: npt.NDArray[np.int64]) -> float:
    """The mean F1 over `LABELS`; 0 for a label that neither holds."""
    both = [((true == k) & (said == k)).sum() for k in range(len(LABELS))]
    of_either = [(true == k).sum() + (said == k).sum() for k in range(len(LABELS))]
    return round(float(np.mean([2 * b / max(1, e) for b, e in zip(both, of_either, strict=True)])), 3)


def _of_stories(files: Iterable[Path]) -> Iterator[Labelled]:
    for file in files:
        for story in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            for letter, _, claim in story["claims"]:
                yield Labelled("stories", story["id"], claim, [story["passage"]], _STORY_LABELS[letter])


def _of_cases(files: Iterable[Path]) -> Iterator[Labelled]:
    """Sentences of drafts that are supported, contradicted or unverified, each against all reports of its draft."""
    for file in files:
        for case in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            reports = [document["text"] for document in case["corpus"]]
            for expected in case["expect"]:
                if expected["label"] in LABELS:
                    yield Labelled(file.stem, case["id"], expected["sentence"], reports, expected["label"])


def _of_pairs(names: Iterable[str], data: Path) -> Iterator[Labelled]:
    for name in names:
        for row in pairs(name, data, None):
            label = _PAIR_LABELS.get(str(row["label"]).lower())
            evidence = [row["evidence"]] if isinstance(row["evidence"], str) else list(row["evidence"])
            if label:
                yield Labelled(name, str(row["id"]), row["claim"], evidence, label)


def _fitted(x: Floats, y: npt.NDArray[np.int64], weight: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Means and scales of the features, shape [features]; coefficients, shape [labels, features]; intercepts, shape [labels]."""
    from sklearn.linear_model import LogisticRegression  # here, so that `collect` runs without it

    means, scales = x.mean(axis=0), x.std(axis=0)
    scales[scales == 0.0] = 1.0
    model = LogisticRegression(C=_STRENGTH, max_iter=2_000).fit((x - means) / scales, y, sample_weight=weight)
    return means, scales, model.coef_, model.intercept_


if __name__ == "__main__":
    raise SystemExit(main())
