"""Trains the reader: `python -m training.reader.learn CONFIG RUN`. The run folder gets `checkpoint.pt` and `log.jsonl`."""

import argparse
import itertools
import json
import random
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Pieces, batches, pieces, tensors, tokenizer
from training.encoder import Encoder
from training.pairs import Pair, choose, counts, read
from training.reader.losses import loss_of
from training.reader.stories import parted
from training.reader.weights import first_weights
from training.reader.window_variants import plain, varied

_WARM = 0.03
_LEAST_RATE = 0.02
"""The part of the time in which the rate rises, and the part of the peak that it falls to."""
_AVERAGED = 0.99
"""Each step's weights count so much less in the average than those of the step after."""

_PRECISIONS = {"bfloat16": torch.bfloat16, "float32": torch.float32}


class Weights:
    """The weights in float32, which the optimiser moves, and their running average. Several learners share them."""

    def __init__(self, encoder: Encoder, rate: float) -> None:
        self._all = {name: value.detach().clone() for name, value in encoder.state_dict().items()}
        self._names = [name for name, p in encoder.named_parameters() if p.requires_grad]
        self._exact = [self._all[name] for name in self._names]
        self._mean = [value.clone() for value in self._exact]
        self._optimizer = torch.optim.AdamW(self._exact, lr=rate, weight_decay=0.01, fused=True)

    @torch.no_grad()
    def give(self, encoder: Encoder) -> None:
        """Into an encoder's own copy."""
        own = dict(encoder.named_parameters())
        torch._foreach_copy_([own[name] for name in self._names], self._exact)

    @torch.no_grad()
    def step(self, encoder: Encoder, rate: float) -> None:
        """One step with the encoder's gradients, which are taken from it."""
        own = dict(encoder.named_parameters())
        for name, exact in zip(self._names, self._exact, strict=True):
            gradient = own[name].grad
            exact.grad = gradient.float() if gradient is not None else None
            own[name].grad = None
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        torch.nn.utils.clip_grad_norm_(self._exact, 1.0)
        self._optimizer.step()
        torch._foreach_lerp_(self._mean, self._exact, 1.0 - _AVERAGED)

    def state(self, *, averaged: bool) -> dict[str, Tensor]:
        """All weights under the encoder's names."""
        return {**self._all, **dict(zip(self._names, self._mean, strict=True))} if averaged else dict(self._all)


class Material:
    """What is learnt from: the stories, written another way in each round, and public pairs, another draw in each round.

    The pairs of the files `each_round` are all learnt in each round. They and the folders of stories are read again in each, so
    that what is written meanwhile is learnt, too.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        data = config["data"]
        self._config = config
        self._by = tokenizer(Path(config["start"]["tokenizer"]), config["recipe"]["longest"])
        every = itertools.chain.from_iterable(read(Path(file)) for file in data["files"])
        self._public = choose(every, data["shares"], config["seed"])
        self.sources = counts(self._public)

    def rounds(self) -> Iterator[list[Pieces]]:
        """Batches without end."""
        for turn in itertools.count():
            rows = pieces(self.pairs(turn), self._by)
            yield from batches(rows, self._config["recipe"]["tokens"], self._config["seed"] + turn)

    def pairs(self, turn: int) -> list[Pair]:
        """The pairs of one round."""
        data, chance = self._config["data"], random.Random(f"{self._config['seed']} {turn}")
        written = list(varied(parted(data).learnt, self._config["odds"], chance))
        public = chance.sample(self._public, min(len(self._public), round(len(written) * data["public_a_claim"])))
        always = [pair for file in data["each_round"] for pair in read(Path(file))]
        return [*written, *always, *public]

    def watched(self) -> list[Pieces]:
        """Claims that are kept out of training by their stories' ids."""
        return pieces(plain(parted(self._config["data"]).hashed, dated=True), self._by)


class Training:
    """One run. `minutes` of the recipe, or as many `pairs`, are shared by as many learners as it names, each on one core.

    A learner takes a batch, computes the gradients with its own copy of the weights in bfloat16, and steps the shared ones:
    where another program takes a core for a while, the other learner goes on. A processor without bfloat16 of its own wants
    `precision = "float32"`.
    """

    def __init__(self, config: dict[str, Any], run: Path) -> None:
        self._recipe, self._run = config["recipe"], run
        self._material = Material(config)
        start = config["start"]
        self._layers = len(start["layers"])
        encoder = first_weights(Path(start["weights"]), tuple(start["layers"]))
        if start.get("run"):
            encoder.load_state_dict(torch.load(Path(start["run"]) / "checkpoint.pt")["averaged"])
        self._first = encoder.state_dict()
        self._weights = Weights(encoder, self._recipe["rate"])
        self._lock = threading.Lock()
        self._batches = self._material.rounds()
        self._steps = self._pairs = self._pieces = 0
        self._loss = 0.0
        self._begun = time.monotonic()
        self._failed: list[BaseException] = []

    def run(self) -> None:
        """Learns for the time given; a line in the log and a checkpoint every `save_s` seconds, and at the end."""
        self._tell(sources=self._material.sources)
        learners = [threading.Thread(target=self._learn) for _ in range(self._recipe["learners"])]
        for learner in learners:
            learner.start()
        while any(learner.is_alive() for learner in learners):
            until = time.monotonic() + self._recipe["save_s"]
            for learner in learners:
                learner.join(max(0.0, until - time.monotonic()))
            self._save()
        if self._failed:
            raise self._failed[0]
        self._tell(end=True, **self._watch())

    def _done(self) -> float:
        """The part of the pairs that are learnt, or of the time that is over."""
        if "pairs" in self._recipe:
            return self._pairs / float(self._recipe["pairs"])
        return (time.monotonic() - self._begun) / (60.0 * float(self._recipe["minutes"]))

    def _learn(self) -> None:
        try:
            encoder = Encoder(self._layers, dropped=self._recipe["dropped"])
            encoder.load_state_dict(self._first)
            encoder.to(_PRECISIONS[self._recipe.get("precision", "bfloat16")])
            while self._done() < 1.0 and not self._failed:
                self._one_step(encoder)
        except BaseException as error:
            self._failed.append(error)

    def _one_step(self, encoder: Encoder) -> None:
        with self._lock:
            batch = next(self._batches)
            self._weights.give(encoder)
        ids, mask, parts, labels = tensors(batch)
        loss = loss_of(encoder(ids, mask, parts).float(), labels, self._recipe["smoothing"])
        loss.backward()
        with self._lock:
            done = min(1.0, self._done())
            rate = self._recipe["rate"] * min(max(done, 0.001) / _WARM, max(_LEAST_RATE, (1.0 - done) / (1.0 - _WARM)))
            self._weights.step(encoder, rate)
            self._steps += 1
            self._pairs += len(batch)
            self._pieces += ids.numel()
            self._loss = 0.98 * self._loss + 0.02 * loss.item() if self._loss else loss.item()

    def _save(self) -> None:
        with self._lock:
            state = {
                "last": {name: value.clone() for name, value in self._weights.state(averaged=False).items()},
                "averaged": {name: value.clone() for name, value in self._weights.state(averaged=True).items()},
            }
            self._tell(steps=self._steps, pairs=self._pairs, pieces=self._pieces, loss=round(self._loss, 4))
        beside = self._run / "checkpoint.new"
        torch.save(state, beside)
        beside.replace(self._run / "checkpoint.pt")

    @torch.inference_mode()
    def _watch(self) -> dict[str, float]:
        """Accuracy and loss of the averaged weights over the claims kept out."""
        encoder = Encoder(self._layers)
        encoder.load_state_dict(self._weights.state(averaged=True))
        rows, right, lost = self._material.watched(), 0.0, 0.0
        for batch in batches(rows, 8192, 0):
            ids, mask, parts, labels = tensors(batch)
            logits = encoder(ids, mask, parts)
            right += (logits.argmax(-1) == labels).sum().item()
            lost += functional.cross_entropy(logits, labels, reduction="sum").item()
        return {"accuracy": round(right / len(rows), 4), "watched_loss": round(lost / len(rows), 4)}

    def _tell(self, **values: object) -> None:
        with (self._run / "log.jsonl").open("a") as lines:
            lines.write(json.dumps({"seconds": round(time.monotonic() - self._begun, 1), **values}) + "\n")


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path, help="a TOML file, see training/reader/config.toml")
    said.add_argument("run", type=Path, help="a folder for the checkpoint and the log")
    given = said.parse_args()
    config = tomllib.loads(given.config.read_text(encoding="utf-8"))
    given.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(config["seed"])
    Training(config, given.run).run()


if __name__ == "__main__":
    main()
