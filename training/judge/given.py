"""The weights of `factcheck verify`: `python -m training.judge.given CONFIG --out worker/verdict/given_weights.json`

Two logistic regressions over what `worker.verdict.given_evidence` reads: supported or not, and, of the others, contradicted or
not. Learnt from the stories that the reader never saw (one in eight of the writers who taught it), half of them hidden
among passages of other stories, and from public pairs of fact sets; each source's classes count alike. CONFIG is the reader's.
"""

import argparse
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from factcheck.settings import Settings
from training.encoder import CLASSES
from training.pairs import choose, read
from training.reader.stories import parted
from worker.models.load import load_models
from worker.models.ports import Models
from worker.verdict.given_evidence import REFUTED_FEATURES, SUPPORT_FEATURES, of_all
from worker.verdict.given_evidence import read as read_claim

_SUPPORTED, _NEUTRAL, _CONTRADICTED = (CLASSES.index(name) for name in ("entailment", "neutral", "contradiction"))
_STRANGERS = 3
"""So many passages of other stories stand before and after half of the passages."""
_FACT_SETS = {"fact_fever_dev_pairs": 1.0, "fact_sufficient_facts": 1.0, "related": 0.6}
_STRENGTH = 1.0
"""Inverse strength of the regularisation."""


@dataclass(frozen=True, slots=True)
class Example:
    """`source` names where it comes from; `label` is a place in `CLASSES`."""

    source: str
    label: int
    claim: str
    evidence: tuple[str, ...]


def main() -> int:
    """Writes the weights and prints how often each regression is right."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.given", description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="another reader's folder")
    parser.add_argument("--most", type=int, default=1_500, metavar="N", help="examples of each source")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    models = load_models(Settings(model_dir=args.model) if args.model else Settings())
    chance = random.Random(config["seed"])
    every = [
        example for source in (_stories(config, chance), _facts(config)) for example in _some(source, args.most, chance)
    ]
    shown = [(example, of_all(found)) for example in every if (found := _read(example, models))]
    support = _fitted(shown, SUPPORT_FEATURES, _SUPPORTED)
    refuted = _fitted([row for row in shown if row[0].label != _SUPPORTED], REFUTED_FEATURES, _CONTRADICTED)
    weights = {"format": 1, "support": support, "refuted": refuted}
    args.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return 0


def _stories(config: dict[str, object], chance: random.Random) -> list[Example]:
    data = config["data"]
    assert isinstance(data, dict)
    stories = parted(data).hashed
    found = []
    for story in stories:
        for claim in story.claims:
            among = chance.sample(stories, 2 * _STRANGERS) if chance.random() < 0.5 else []
            around = [s.passage for s in among if s.id != story.id]
            evidence = (*around[:_STRANGERS], story.passage, *around[_STRANGERS:])
            found.append(Example("stories", claim.label, claim.text, evidence))
    return found


def _facts(config: dict[str, object]) -> list[Example]:
    data = config["data"]
    assert isinstance(data, dict)
    pairs = choose((pair for file in data["files"] for pair in read(Path(file))), _FACT_SETS, 7)
    return [Example("facts", pair.label, pair.hypothesis, (pair.premise,)) for pair in pairs if pair.label >= 0]


def _some(examples: Sequence[Example], most: int, chance: random.Random) -> Iterator[Example]:
    yield from chance.sample(examples, min(most, len(examples)))


def _read(example: Example, models: Models) -> list[dict[str, float]]:
    return [dict(one) for one in read_claim(example.claim, example.evidence, models)]


def _fitted(shown: Sequence[tuple[Example, dict[str, float]]], names: Sequence[str], wanted: int) -> dict[str, object]:
    """Coefficients by name and the intercept. The classes of each source count alike, as do the sources."""
    x = np.array([[features[name] for name in names] for _, features in shown])
    y = np.array([example.label == wanted for example, _ in shown])
    weight = _weights([(example.source, bool(yes)) for (example, _), yes in zip(shown, y, strict=True)])
    scale = x.std(0) + 1e-9
    model = LogisticRegression(C=_STRENGTH, max_iter=5_000).fit(x / scale, y, sample_weight=weight)
    print(
        json.dumps(
            {"class": CLASSES[wanted], "claims": len(y), "right": round(float(model.score(x / scale, y, weight)), 3)}
        )
    )
    coefficients = (model.coef_[0] / scale).tolist()
    return {
        "coefficients": {name: round(value, 4) for name, value in zip(names, coefficients, strict=True)},
        "intercept": round(float(model.intercept_[0]), 4),
    }


def _weights(groups: Sequence[tuple[str, bool]]) -> npt.NDArray[np.float64]:
    sizes = {group: groups.count(group) for group in set(groups)}
    return np.array([len(groups) / (len(sizes) * sizes[group]) for group in groups])


if __name__ == "__main__":
    raise SystemExit(main())
