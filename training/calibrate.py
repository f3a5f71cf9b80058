"""The temperature that makes a model's probabilities honest: `python -m training.calibrate CONFIG MODEL`.

Fitted on the pairs that `training.train` kept out, on the int8 model itself; written to `calibration.json` beside it.
"""

import argparse
import itertools
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.pairs import Pair, read, split
from worker.models.entailment_model import LIMIT_TOKENS
from worker.models.onnx import OnnxEncoder

Floats = npt.NDArray[np.float64]


def loss(logits: Floats, labels: npt.NDArray[np.int64], temperature: float) -> float:
    """Mean negative log likelihood."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    sums = np.log(np.exp(scaled).sum(axis=1))
    return float((sums - scaled[np.arange(len(labels)), labels]).mean())


def fitted(logits: Floats, labels: npt.NDArray[np.int64]) -> float:
    """The temperature of the least loss, between 0.3 and 5, to two digits."""
    return float(min(np.arange(0.3, 5.0, 0.01), key=lambda t: loss(logits, labels, float(t))).round(2))


def error(logits: Floats, labels: npt.NDArray[np.int64], temperature: float) -> float:
    """Expected calibration error of the likeliest class, ten bins."""
    powers = np.exp(logits / temperature - (logits / temperature).max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    return float(sum(gaps))


def watched(config: dict[str, object]) -> Sequence[Pair]:
    """The pairs kept out of training."""
    data: dict[str, object] = config["data"]  # type: ignore[assignment]
    files: list[str] = data["files"]  # type: ignore[assignment]
    every = itertools.chain.from_iterable(read(Path(file)) for file in files)
    return split(every, str(data["watched"]), int(str(data["watched_one_in"])))[1]


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path)
    said.add_argument("model", type=Path)
    given = said.parse_args()
    pairs = watched(tomllib.loads(given.config.read_text()))
    rows = OnnxEncoder(given.model, 2, LIMIT_TOKENS).encode([(pair.premise, pair.hypothesis) for pair in pairs])
    logits, labels = np.array(rows, dtype=np.float64), np.array([pair.label for pair in pairs])
    temperature = fitted(logits, labels)
    record = {
        "temperature": temperature,
        "pairs": len(pairs),
        "accuracy": round(float((logits.argmax(axis=1) == labels).mean()), 4),
        "error_before": round(error(logits, labels, 1.0), 4),
        "error_after": round(error(logits, labels, temperature), 4),
    }
    (given.model / "calibration.json").write_text(json.dumps(record, indent=2) + "\n")
    print(json.dumps(record))


if __name__ == "__main__":
    main()
