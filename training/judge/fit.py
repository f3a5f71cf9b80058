"""Table of features → the judge's weights: `python -m training.judge.fit TABLE.jsonl OUT.json [--test SET] ...`

Multinomial logistic regression over standardised features (scikit-learn, which the service itself does not need). Claims
of one draft stay together in cross-validation; sets have weights, since many claims of one make must not drown the drafts.
Where several claims lie in one sentence that is wrong, the error is in the likeliest of them; the others teach nothing. A rate
counts sentences, not claims: the gravest label of its claims is what is said of a sentence.
JudgeCosts turn probabilities into labels: a false alarm costs more than silence, an error passed as supported most. They are
chosen on the cross-validated probabilities for a stated rate of false alarms and of errors passed.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from training.judge.regression_file import Floats, members
from worker.verdict.judge import CORRECTED
from worker.verdict.label_classifier import FORMAT, LABELS

_CALM = 4
"""The class of claims of clean articles: supported or unverified, nobody said which."""
_CLASSES = {label.value: at for at, label in enumerate(LABELS)} | {"not_checkable": 3, "calm": _CALM}
_ROUNDS = 4
"""So many times calm claims are given the shares of the two labels that the last fit finds in them."""
_SEARCHES = 2
"""So many times the claim that is wrong is looked for among those of a wrong sentence."""
_NOTHING = 1e-6
_FOLDS = 9
_SUPPORTED, _CONTRADICTED, _DISPUTED, _UNVERIFIED = range(4)
# Candidates for the costs: silence on an error or on a truth, a false alarm, an error passed as supported.
_FALSE_ALARM = tuple(np.arange(0.4, 6.01, 0.2).round(2).tolist())
_PASSED = tuple(np.arange(1.0, 8.01, 0.25).round(2).tolist())
_KIND_OF_ALARM = 0.2


@dataclass(frozen=True, slots=True)
class JudgeCosts:
    """Of a false alarm, of one where a passage's value corrects the claim, of an error passed as supported; silence costs 1."""

    false_alarm: float
    where_corrected: float
    passed: float


@dataclass(frozen=True, slots=True)
class Table:
    """`x` shape [n, features], `y` class by `LABELS`, `group` the draft, `weight` per claim, `chosen` claims of the test set."""

    names: tuple[str, ...]
    x: Floats
    y: npt.NDArray[np.int64]
    group: npt.NDArray[np.str_]
    weight: Floats
    chosen: npt.NDArray[np.bool_]
    sentence: npt.NDArray[np.int64]
    """Claims of one expected sentence share a number; each calm claim has its own."""
    above: Mapping[str, npt.NDArray[np.bool_]]
    """What stands above the weights in the judge's decision (`collect.above`), by name."""

    @property
    def differs(self) -> npt.NDArray[np.bool_]:
        """Claims with a value that differs from a passage's."""
        return self.x[:, self.names.index("value_conflict")] > 0

    @property
    def corrected(self) -> npt.NDArray[np.bool_]:
        """Claims that a passage's value corrects."""
        columns = [self.names.index(name) for name in CORRECTED]
        return np.asarray((self.x[:, columns] > 0).all(axis=1))

    def of(self, part: npt.NDArray[np.bool_]) -> "Table":
        """The claims of `part`."""
        above = {name: row[part] for name, row in self.above.items()}
        return Table(
            self.names,
            self.x[part],
            self.y[part],
            self.group[part],
            self.weight[part],
            self.chosen[part],
            self.sentence[part],
            above,
        )


def main() -> int:
    """Writes weights and prints the cross-validated figures of the chosen set."""
    args = _arguments()
    table = read_table(args.table, dict(_pair(w) for w in args.weight), args.choose)
    probabilities = cross_validated(table, args.c)
    for _ in range(_SEARCHES):
        table = with_errors_found(table, probabilities)
        probabilities = cross_validated(table, args.c)
    planted = np.isin(table.y, (_CONTRADICTED, _DISPUTED)) & np.isin(table.group, table.group[table.y == _CALM])
    chosen, calm, wrong = ((probabilities[part], table.of(part)) for part in (table.chosen, table.y == _CALM, planted))
    costs = choose_costs((chosen, calm, wrong), args)
    shares = {"strays": alarmed(*calm, costs), "planted": alarmed(*wrong, costs)}
    p, of_chosen = chosen
    print(json.dumps(figures(p, of_chosen, costs) | shares, indent=1))
    print(json.dumps({"curve": curve(p, of_chosen)}))
    args.out.write_text(json.dumps(_weights(table, args, costs), indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.judge.fit", description=__doc__)
    parser.add_argument("table", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="judge-1")
    parser.add_argument("--choose", default="dev2", metavar="SET", help="costs are chosen on this set")
    parser.add_argument(
        "--weight", nargs="*", default=[], metavar="SET=W", help="weight of a set's claims; 0 leaves it out"
    )
    parser.add_argument("--c", type=float, default=0.05, help="inverse strength of the regularisation")
    parser.add_argument("--false-alarms", type=float, default=0.04, metavar="RATE")
    parser.add_argument("--passed", type=float, default=0.12, metavar="RATE", help="errors passed as supported")
    parser.add_argument("--planted", type=float, default=0.5, metavar="W", help="weight of the planted errors found")
    parser.add_argument("--strays", type=float, default=1.0, metavar="RATE", help="alarms on calm claims")
    return parser.parse_args()


def _pair(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    return name, float(value)


def read_table(paths: Sequence[Path], weights: Mapping[str, float], chosen: str) -> Table:
    """All claims with features; `weights` by set, 1 where a set is not named."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["features"] and weights.get(row["set"], 1.0) > 0]
    names = tuple(rows[0]["features"])
    return Table(
        names=names,
        x=np.array([[row["features"][name] for name in names] for row in rows]),
        y=np.array([_CLASSES[row["label"]] for row in rows]),
        group=np.array([f"{row['set']}/{row['case'].rsplit('-', 1)[0]}" for row in rows]),
        weight=np.array(
            [
                weights.get(row["set"], 1.0) * (weights.get("calm", 1.0) if row["label"] == "calm" else 1.0)
                for row in rows
            ]
        ),
        chosen=np.array([row["set"] == chosen for row in rows]),
        sentence=_numbered([(row["set"], row["case"], row["expected"]) for row in rows]),
        above={name: np.array([row["above"][name] for row in rows]) for name in rows[0]["above"]},
    )


def _numbered(keys: Sequence[tuple[str, str, int | None]]) -> npt.NDArray[np.int64]:
    numbers: dict[tuple[str, str, int | None, int], int] = {}
    return np.array(
        [numbers.setdefault((*key, at if key[2] is None else -1), len(numbers)) for at, key in enumerate(keys)]
    )


def with_errors_found(table: Table, p: Floats) -> Table:
    """Of the claims of a wrong sentence, only the one with the likeliest alarm keeps its weight."""
    alarm = p[:, _CONTRADICTED] + p[:, _DISPUTED]
    likeliest = np.zeros(table.sentence.max() + 1)
    np.maximum.at(likeliest, table.sentence, alarm)
    aside = np.isin(table.y, (_CONTRADICTED, _DISPUTED)) & (alarm < likeliest[table.sentence])
    return replace(table, weight=np.where(aside, np.minimum(table.weight, _NOTHING), table.weight))


def fitted(table: Table, part: npt.NDArray[Any], c: float) -> tuple[StandardScaler, LogisticRegression]:
    """Scaler and regression on the rows of `part`."""
    known = part[table.y[part] != _CALM]
    calm = part[table.y[part] == _CALM]
    scaler = StandardScaler().fit(table.x[known])
    model = LogisticRegression(C=c, max_iter=5_000)
    model.fit(scaler.transform(table.x[known]), table.y[known], sample_weight=table.weight[known])
    for _ in range(_ROUNDS if len(calm) else 0):
        shares = model.predict_proba(scaler.transform(table.x[calm]))[:, [_SUPPORTED, _UNVERIFIED]]
        shares *= table.weight[calm, None] / shares.sum(1, keepdims=True)
        model.fit(
            scaler.transform(table.x[np.concatenate([known, calm, calm])]),
            np.concatenate([table.y[known], np.repeat([_SUPPORTED, _UNVERIFIED], len(calm))]),
            sample_weight=np.concatenate([table.weight[known], shares.T.ravel()]),
        )
    return scaler, model


def cross_validated(table: Table, c: float) -> Floats:
    """Probabilities of each row as the judge sees them, by fits without its draft: shape [n, 4]."""
    out = np.zeros((len(table.y), len(LABELS)))
    for learnt, held in GroupKFold(_FOLDS).split(table.x, table.y, table.group):
        scaler, model = fitted(table, learnt, c)
        out[np.ix_(held, model.classes_)] = model.predict_proba(scaler.transform(table.x[held]))
        binary = fitted_conflict(table, scaler, learnt, c)
        clash = binary.predict_proba(scaler.transform(table.x[held]))[:, 1]
        out[held] = with_conflict(_possible(out[held], table.above["stories"][held]), clash, table.differs[held])
    return out


def _possible(p: Floats, stories: npt.NDArray[np.bool_]) -> Floats:
    """Without a dispute where one story only was read."""
    out = p.copy()
    out[~stories, _DISPUTED] = 0.0
    return np.asarray(out / out.sum(1, keepdims=True))


def with_conflict(p: Floats, clash: Floats, differs: npt.NDArray[np.bool_]) -> Floats:
    """As `worker.verdict.judge` weighs a value that differs."""
    alarm = p[:, _CONTRADICTED] + p[:, _DISPUTED]
    raised = np.where(differs, np.maximum(clash, alarm), alarm)
    grown = np.where(
        np.isin(np.arange(4), (_CONTRADICTED, _DISPUTED))[None, :],
        p / np.maximum(alarm, 1e-9)[:, None] * raised[:, None],
        p,
    )
    rest = (1.0 - raised) / np.maximum(1.0 - alarm, 1e-9)
    calm = np.isin(np.arange(4), (_SUPPORTED, _UNVERIFIED))[None, :]
    return np.asarray(np.where(calm, p * rest[:, None], grown))


def said_by(p: Floats, table: Table, costs: JudgeCosts) -> npt.NDArray[np.int64]:
    """The judge's label of each row: what stands above the weights, else the class of least expected cost."""
    alarm = p[:, _CONTRADICTED] + p[:, _DISPUTED]
    false_alarm = np.where(table.corrected, costs.where_corrected, costs.false_alarm) * (1.0 - alarm)
    cost = np.zeros_like(p)
    cost[:, _SUPPORTED] = costs.passed * alarm + p[:, _UNVERIFIED]
    cost[:, _CONTRADICTED] = false_alarm + _KIND_OF_ALARM * p[:, _DISPUTED]
    cost[:, _DISPUTED] = false_alarm + _KIND_OF_ALARM * p[:, _CONTRADICTED]
    cost[:, _UNVERIFIED] = alarm + p[:, _SUPPORTED]
    for label in (_SUPPORTED, _DISPUTED):
        cost[~table.above["supporting"], label] = np.inf
    said = cost.argmin(1)
    said[table.above["exact"] & (p[:, _DISPUTED] < p[:, _SUPPORTED])] = _SUPPORTED
    said[table.above["rivals"]] = _DISPUTED
    said[table.above["decisive"]] = _CONTRADICTED
    return np.asarray(said, dtype=np.int64)


_GRAVEST = np.array([2, 0, 1, 3, 4])
"""Place of each label among those of one sentence: contradicted, disputed, supported, unverified."""


def of_sentences(said: npt.NDArray[np.int64], table: Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The gravest label said of each sentence, and its true one."""
    places, at = np.unique(table.sentence, return_inverse=True)
    gravest = np.full(len(places), len(_GRAVEST))
    np.minimum.at(gravest, at, _GRAVEST[said])
    true = np.zeros(len(places), dtype=np.int64)
    true[at] = table.y
    return np.argsort(_GRAVEST)[gravest], true


def rates(claims: npt.NDArray[np.int64], table: Table) -> dict[str, float]:
    """False alarms, alarm recall, errors passed, macro-F1 over the four labels, by sentence."""
    said, y = of_sentences(claims, table)
    wrong, alarm = np.isin(y, (1, 2)), np.isin(said, (1, 2))
    f1 = [2 * ((said == k) & (y == k)).sum() / max(1, (said == k).sum() + (y == k).sum()) for k in range(4)]
    return {
        "false_alarms": float(alarm[~wrong].mean()),
        "recall": float(alarm[wrong].mean()),
        "passed": float((said[wrong] == _SUPPORTED).mean()),
        "macro_f1": float(np.mean(f1)),
    }


def alarmed(p: Floats, table: Table, costs: JudgeCosts) -> float:
    """The share of sentences with an alarm; 0 where there are none. Each calm claim is a sentence: its alarms are strays."""
    if not len(p):
        return 0.0
    said, _ = of_sentences(said_by(p, table, costs), table)
    return float(np.isin(said, (1, 2)).mean())


def choose_costs(seen: Sequence[tuple[Floats, Table]], args: argparse.Namespace) -> JudgeCosts:
    """The costs with the most macro-F1 and planted errors found among those within all rates; the highest costs where none is.

    `seen`: probabilities and claims of the set to choose on, calm claims, planted errors.
    """
    (p, chosen), calm, planted = seen
    best, found = JudgeCosts(max(_FALSE_ALARM), max(_FALSE_ALARM), max(_PASSED)), -1.0
    for triple in product(_FALSE_ALARM, _FALSE_ALARM, _PASSED):
        costs = JudgeCosts(*triple)
        if costs.where_corrected > costs.false_alarm:
            continue
        rate = rates(said_by(p, chosen, costs), chosen)
        if rate["false_alarms"] > args.false_alarms or rate["passed"] > args.passed:
            continue
        gain = rate["macro_f1"] + args.planted * alarmed(*planted, costs)
        if gain > found and alarmed(*calm, costs) <= args.strays:
            best, found = costs, gain
    return best


def figures(p: Floats, chosen: Table, costs: JudgeCosts) -> dict[str, Any]:
    """Rates at the chosen costs, and the calibration error (10 bins) of the said label's probability."""
    said, y = said_by(p, chosen, costs), chosen.y
    sure, right = p[np.arange(len(p)), said], said == y
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    return {"claims": len(y), "costs": asdict(costs), **rates(said, chosen), "calibration_error": float(sum(gaps))}


def curve(p: Floats, table: Table) -> list[tuple[float, float]]:
    """False alarms against alarm recall, by sentence, over all bars on the probability of an alarm."""
    places, at = np.unique(table.sentence, return_inverse=True)
    alarm, wrong = np.zeros(len(places)), np.zeros(len(places), dtype=bool)
    np.maximum.at(alarm, at, p[:, _CONTRADICTED] + p[:, _DISPUTED])
    wrong[at] = np.isin(table.y, (1, 2))
    out = []
    for rate in (0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2):
        bar = np.quantile(alarm[~wrong], 1.0 - rate)
        out.append((rate, round(float((alarm[wrong] > bar).mean()), 3)))
    return out


def fitted_conflict(table: Table, scaler: StandardScaler, part: npt.NDArray[Any], c: float) -> LogisticRegression:
    """Logistic regression, alarm or not, on the claims of `part` with a value that differs."""
    differs = part[table.differs[part]]
    model = LogisticRegression(C=c, max_iter=5_000)
    wrong = np.isin(table.y[differs], (_CONTRADICTED, _DISPUTED))
    return model.fit(scaler.transform(table.x[differs]), wrong, sample_weight=table.weight[differs])


def _weights(table: Table, args: argparse.Namespace, costs: JudgeCosts) -> dict[str, Any]:
    every = np.arange(len(table.y))
    scaler, model = fitted(table, every, args.c)
    conflict = fitted_conflict(table, scaler, every, args.c)
    labels = [label.value for label in LABELS]
    return {
        "format": FORMAT,
        "name": args.name,
        **members(table.names, scaler.mean_, scaler.scale_, labels, model.coef_, model.intercept_),
        "conflict": {
            "coefficients": [round(float(w), 6) for w in conflict.coef_[0]],
            "intercept": round(float(conflict.intercept_[0]), 6),
            "false_alarm": costs.where_corrected,
        },
        "costs": {
            "supported": {"contradicted": costs.passed, "disputed": costs.passed, "unverified": 1.0},
            "contradicted": {
                "supported": costs.false_alarm,
                "unverified": costs.false_alarm,
                "disputed": _KIND_OF_ALARM,
            },
            "disputed": {
                "supported": costs.false_alarm,
                "unverified": costs.false_alarm,
                "contradicted": _KIND_OF_ALARM,
            },
            "unverified": {"supported": 1.0, "contradicted": 1.0, "disputed": 1.0},
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
