"""Table of features → the judge's weights: `python -m training.judge.fit TABLE.jsonl OUT.json [--test SET] ...`

Multinomial logistic regression over standardised features (scikit-learn, which the service itself does not need). Claims
of one draft stay together in cross-validation; sets have weights, since many claims of one make must not drown the drafts.
Where several claims lie in one sentence that is wrong, the error is in the likeliest of them; the others teach nothing. A rate
counts sentences, not claims: the gravest label of its claims is what is said of a sentence.
JudgeCosts turn probabilities into labels: a false alarm costs more than silence, an error passed as supported most. They are
given, since they are a choice; the figures that choose them are printed for them and their neighbours, cross-validated.
A judge may have to decide with passages unread: each number of them has weights of its own, fitted on the same claims as far as
they can be told then. Whatever is counted here is what the whole decision says, early exit included.
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
from worker.verdict.judge import CORRECTED, SETTLED
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
_KIND_OF_ALARM = 0.2


@dataclass(frozen=True, slots=True)
class JudgeCosts:
    """Of a false alarm, of one where a passage's value corrects the claim, of an error passed as supported; silence costs 1."""

    false_alarm: float
    where_corrected: float
    passed: float


@dataclass(frozen=True, slots=True)
class Table:
    """`x` shape [n, features], `y` class by `LABELS`, `group` the draft, `weight` and set's name per claim."""

    names: tuple[str, ...]
    x: Floats
    y: npt.NDArray[np.int64]
    group: npt.NDArray[np.str_]
    weight: Floats
    set_name: npt.NDArray[np.str_]
    sentence: npt.NDArray[np.int64]
    """Claims of one expected sentence share a number; each calm claim has its own."""
    above: Mapping[str, npt.NDArray[np.bool_]]
    """What stands above the weights in the judge's decision (`collect.above`), by name."""
    may_stop: npt.NDArray[np.bool_]
    """Claims that the service may decide with so many passages unread."""

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
            self.set_name[part],
            self.sentence[part],
            above,
            self.may_stop[part],
        )


Stages = tuple[Table, ...]
"""The same claims with no, one and two of their last passages unread; a claim that cannot spare them is as with fewer."""


def main() -> int:
    """Writes weights and prints cross-validated figures: a table of costs, then those of the chosen set at the costs given."""
    args = _arguments()
    stages, probabilities = with_errors_found(read_stages(args.table, dict(map(set_weight, args.weight))), args.c)
    parts = _parts(stages, probabilities)
    costs = JudgeCosts(*args.costs)
    print(table_of_costs(parts, costs))
    chosen = parts.pop(args.choose)
    print(json.dumps(figures(chosen, costs) | {"curve": curve(chosen.p[0], chosen.stages[0])}, indent=1))
    args.out.write_text(json.dumps(_weights(stages, args, costs), indent=1) + "\n", encoding="utf-8")
    return 0


def _parts(stages: Stages, p: Sequence[Floats]) -> dict[str, "Seen"]:
    """Claims by set; of published articles the calm ones, and those with planted errors."""
    table = stages[0]
    is_calm = table.y == _CALM
    is_published = np.isin(table.group, table.group[is_calm])
    sets = {str(name) for name in np.unique(table.set_name[~is_published])}
    parts = {name: Seen.of(table.set_name == name, stages, p) for name in sorted(sets)}
    planted = is_published & np.isin(table.y, (_CONTRADICTED, _DISPUTED))
    return parts | {"calm": Seen.of(is_calm, stages, p), "planted": Seen.of(planted, stages, p)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.judge.fit", description=__doc__)
    parser.add_argument("table", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="judge-1")
    parser.add_argument("--choose", default="dev2", metavar="SET", help="the set whose figures are printed in full")
    parser.add_argument(
        "--weight", nargs="*", default=[], metavar="SET=W", help="weight of a set's claims; 0 leaves it out"
    )
    parser.add_argument("--c", type=float, default=0.05, help="inverse strength of the regularisation")
    parser.add_argument(
        "--costs",
        type=float,
        nargs=3,
        required=True,
        metavar=("FALSE_ALARM", "WHERE_CORRECTED", "PASSED"),
        help="of a false alarm, of one where a passage's value corrects the claim, of an error passed as supported",
    )
    return parser.parse_args()


def set_weight(text: str) -> tuple[str, float]:
    """`SET=W` as the set and its weight."""
    name, _, value = text.partition("=")
    return name, float(value)


def read_stages(paths: Sequence[Path], weights: Mapping[str, float]) -> Stages:
    """All claims with features; `weights` by set, 1 where a set is not named."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["features"] and weights.get(row["set"], 1.0) > 0]
    names = tuple(rows[0]["features"])
    y = np.array([_CLASSES[row["label"]] for row in rows])
    group = np.array([f"{row['set']}/{row['case'].rsplit('-', 1)[0]}" for row in rows])
    weight = np.array(
        [weights.get(row["set"], 1.0) * (weights.get("calm", 1.0) if row["label"] == "calm" else 1.0) for row in rows]
    )
    set_name = np.array([row["set"] for row in rows])
    sentence = _numbered([(row["set"], row["case"], row["expected"]) for row in rows])

    def stage(unread: int) -> Table:
        seen = [_with_unread(row, unread) for row in rows]
        spared = np.array([one is not row for one, row in zip(seen, rows, strict=True)])
        far_behind = np.array([row["far_behind"] for row in rows])
        return Table(
            names=names,
            x=np.array([[one["features"][name] for name in names] for one in seen]),
            y=y,
            group=group,
            weight=weight,
            set_name=set_name,
            sentence=sentence,
            above={name: np.array([one["above"][name] for one in seen]) for name in rows[0]["above"]},
            may_stop=np.ones(len(rows), dtype=bool) if not unread else spared & (far_behind | (unread == 1)),
        )

    return tuple(stage(unread) for unread in (0, *SETTLED))


def _with_unread(row: Mapping[str, Any], unread: int) -> Mapping[str, Any]:
    """Features and decision of the claim with so many passages unread; the row itself where it has none such."""
    return next((one for one in row["spared"] if one["unread"] == unread), row)


def _numbered(keys: Sequence[tuple[str, str, int | None]]) -> npt.NDArray[np.int64]:
    numbers: dict[tuple[str, str, int | None, int], int] = {}
    return np.array(
        [numbers.setdefault((*key, at if key[2] is None else -1), len(numbers)) for at, key in enumerate(keys)]
    )


def with_errors_found(stages: Stages, c: float) -> tuple[Stages, list[Floats]]:
    """The claims with the weights that they have once the errors are found, and their cross-validated probabilities."""
    probabilities = cross_validated(stages, c)
    for _ in range(_SEARCHES):
        weight = _weight_of_errors(stages[0], probabilities[0])
        stages = tuple(replace(stage, weight=weight) for stage in stages)
        probabilities = cross_validated(stages, c)
    return stages, probabilities


def _weight_of_errors(table: Table, p: Floats) -> Floats:
    """The claims' weights; of those of a wrong sentence, only the one with the likeliest alarm keeps its own."""
    alarm = p[:, _CONTRADICTED] + p[:, _DISPUTED]
    likeliest = np.zeros(table.sentence.max() + 1)
    np.maximum.at(likeliest, table.sentence, alarm)
    aside = np.isin(table.y, (_CONTRADICTED, _DISPUTED)) & (alarm < likeliest[table.sentence])
    return np.asarray(np.where(aside, np.minimum(table.weight, _NOTHING), table.weight))


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


def cross_validated(stages: Stages, c: float) -> list[Floats]:
    """For each stage, probabilities of each row as the judge sees them, by fits without its draft: shape [n, 4]."""
    return [_cross_validated(stage, c) for stage in stages]


def _cross_validated(table: Table, c: float) -> Floats:
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


@dataclass(frozen=True, slots=True)
class Seen:
    """Claims, and for each stage the probabilities of their labels."""

    stages: Stages
    p: Sequence[Floats]

    @staticmethod
    def of(part: npt.NDArray[np.bool_], stages: Stages, p: Sequence[Floats]) -> "Seen":
        """The claims of `part`."""
        return Seen(tuple(stage.of(part) for stage in stages), [one[part] for one in p])


Margins = Mapping[int, float]
"""As `worker.verdict.judge.SETTLED`: how many passages may stay unread → the margin that settles a claim."""


def decided(
    seen: Seen, costs: JudgeCosts, margins: Margins = SETTLED
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The label of each claim with early exit, and how many of its passages stay unread."""
    said, unread = said_by(seen.p[0], seen.stages[0], costs), np.zeros(len(seen.p[0]), dtype=np.int64)
    for count, margin in margins.items():
        table, cost = seen.stages[count], expected_costs(seen.p[count], seen.stages[count], costs)
        least, second = np.partition(cost, 1, axis=1)[:, :2].T
        stops = table.may_stop & (second - least > margin)
        said[stops], unread[stops] = said_by(seen.p[count], table, costs)[stops], count
    return said, unread


def expected_costs(p: Floats, table: Table, costs: JudgeCosts) -> Floats:
    """Of saying each label, shape [n, 4]."""
    alarm = p[:, _CONTRADICTED] + p[:, _DISPUTED]
    false_alarm = np.where(table.corrected, costs.where_corrected, costs.false_alarm) * (1.0 - alarm)
    cost = np.zeros_like(p)
    cost[:, _SUPPORTED] = costs.passed * alarm + p[:, _UNVERIFIED]
    cost[:, _CONTRADICTED] = false_alarm + _KIND_OF_ALARM * p[:, _DISPUTED]
    cost[:, _DISPUTED] = false_alarm + _KIND_OF_ALARM * p[:, _CONTRADICTED]
    cost[:, _UNVERIFIED] = alarm + p[:, _SUPPORTED]
    return cost


def said_by(p: Floats, table: Table, costs: JudgeCosts) -> npt.NDArray[np.int64]:
    """The judge's label of each row: what stands above the weights, else the class of least expected cost."""
    cost = expected_costs(p, table, costs)
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


def alarmed(seen: Seen, costs: JudgeCosts) -> float:
    """The share of sentences with an alarm; 0 where there are none. Each calm claim is a sentence: its alarms are strays."""
    table = seen.stages[0]
    if not len(table.y):
        return 0.0
    said, _ = of_sentences(decided(seen, costs)[0], table)
    return float(np.isin(said, (1, 2)).mean())


def table_of_costs(parts: Mapping[str, Seen], costs: JudgeCosts) -> str:
    """For the costs and their neighbours: false alarms, recall, errors passed and macro-F1 of each set, in per cent; of calm claims
    and planted errors, the share with an alarm."""
    lines = ["| false alarm, where corrected, passed | " + " | ".join(parts) + " |", "|---" * (len(parts) + 1) + "|"]
    for false_alarm, corrected in product((-0.4, -0.2, 0.0, 0.2, 0.4), (-0.4, 0.0, 0.4, 9.0)):
        where = round(min(costs.where_corrected + corrected, costs.false_alarm + false_alarm), 2)
        near = JudgeCosts(round(costs.false_alarm + false_alarm, 2), where, costs.passed)
        cells = [_cell(name, seen, near) for name, seen in parts.items()]
        lines.append(f"| {near.false_alarm}, {near.where_corrected}, {near.passed} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(name: str, seen: Seen, costs: JudgeCosts) -> str:
    if name in ("calm", "planted"):
        return f"{100 * alarmed(seen, costs):.1f}"
    rate = rates(decided(seen, costs)[0], seen.stages[0])
    return "; ".join(f"{100 * rate[key]:.1f}" for key in ("false_alarms", "recall", "passed", "macro_f1"))


def figures(seen: Seen, costs: JudgeCosts) -> dict[str, Any]:
    """Rates at the given costs, passages a claim left unread, and the calibration error (10 bins) of the label's probability."""
    (said, unread), y = decided(seen, costs), seen.stages[0].y
    sure = np.stack(seen.p)[unread, np.arange(len(y)), said]
    right, bins = said == y, np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    counted = {"claims": len(y), "costs": asdict(costs), "unread": float(unread.mean())}
    return {**counted, **rates(said, seen.stages[0]), "calibration_error": float(sum(gaps))}


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


def _weights(stages: Stages, args: argparse.Namespace, costs: JudgeCosts) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": args.name,
        "corrected_false_alarm": costs.where_corrected,
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
        "by_unread": [_regressions(stage, args.c) for stage in stages],
    }


def _regressions(table: Table, c: float) -> dict[str, Any]:
    every = np.arange(len(table.y))
    scaler, model = fitted(table, every, c)
    conflict = fitted_conflict(table, scaler, every, c)
    labels = [label.value for label in LABELS]
    return {
        **members(table.names, scaler.mean_, scaler.scale_, labels, model.coef_, model.intercept_),
        "conflict": {
            "coefficients": [round(float(w), 6) for w in conflict.coef_[0]],
            "intercept": round(float(conflict.intercept_[0]), 6),
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
