"""A trained reader as the service loads it: `python -m training.reader.package_model CONFIG OUT RUN...`.

Writes `model.onnx` (int8), `tokenizer.json`, `calibration.json` and `SHA256SUMS`. The temperature is fitted on the stories kept
out by their ids, half of the readings with a date; so is the lean against "entails". Of several runs the weights' mean is
taken; a run may be named twice.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.encoder import CLASSES, Encoder
from training.export import write_folder
from training.reader.score import Floats, Reader
from training.reader.stories import parted
from training.reader.window_variants import plain

_ENTAILED, _CONTRADICTED = CLASSES.index("entailment"), CLASSES.index("contradiction")


def temperature(logits: Floats, labels: npt.NDArray[np.int64]) -> float:
    """The divisor of the logits, 0.5 to 4, with the least cross-entropy."""

    def lost(divisor: float) -> float:
        scaled = logits.astype(np.float64) / divisor
        logs = scaled - np.log(np.exp(scaled).sum(axis=-1, keepdims=True))
        return float(-logs[np.arange(len(labels)), labels].mean())

    return round(float(min(np.arange(0.5, 4.0, 0.01), key=lost)), 2)


def lean(logits: Floats, labels: npt.NDArray[np.int64], most_passed: float) -> float:
    """What is taken from the logit of "entails": the least, in tenths up to 1.5, with which no more contradictions are taken
    for support than the share allowed."""
    refuted = logits[labels == _CONTRADICTED]

    def passed(less: float) -> float:
        return float(((refuted[:, _ENTAILED] - less) > refuted[:, 1:].max(axis=1)).mean())

    leans = [round(0.1 * tenths, 1) for tenths in range(16)]
    return next((less for less in leans if passed(less) <= most_passed), leans[-1])


def mean(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight."""
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path)
    said.add_argument("out", type=Path)
    said.add_argument("runs", type=Path, nargs="+", help="folders that training.reader.learn wrote")
    said.add_argument(
        "--most-passed", type=float, default=0.1, metavar="SHARE", help="contradictions that may be taken for support"
    )
    said.add_argument(
        "--lean", type=float, metavar="LOGIT", help="what is taken from the logit of support, in place of the least"
    )
    given = said.parse_args()
    config = tomllib.loads(given.config.read_text(encoding="utf-8"))
    encoder = Encoder(len(config["start"]["layers"]))
    encoder.load_state_dict(mean([torch.load(run / "checkpoint.pt")["averaged"] for run in given.runs]))
    write_folder(encoder, Path(config["start"]["tokenizer"]), given.out)
    kept = parted(config["data"]).hashed
    pairs = [*plain(kept[::2], False), *plain(kept[1::2], True)]
    logits, labels = Reader(given.out).logits(pairs), np.array([p.label for p in pairs])
    leant = lean(logits, labels, given.most_passed) if given.lean is None else given.lean
    with torch.no_grad():
        encoder.head.bias[_ENTAILED] -= leant
    write_folder(encoder, Path(config["start"]["tokenizer"]), given.out)
    logits[:, _ENTAILED] -= leant
    note = {
        "temperature": temperature(logits, labels),
        "leant": leant,
        "fitted_on": f"{len(pairs)} readings of newsroom claims kept out of training",
    }
    (given.out / "calibration.json").write_text(json.dumps(note) + "\n", encoding="utf-8")
    print(json.dumps(note))


if __name__ == "__main__":
    main()
