"""Trains the entailment model: `python -m training.train CONFIG OUT`. Stopped, it goes on from its last checkpoint."""

import argparse
import itertools
import json
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Pieces, batches, pieces, tensors, tokenizer
from training.encoder import Encoder, start_from
from training.pairs import NOT_ENTAILMENT, Pair, choose, counts, read, split


def loss_of(logits: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy; of a pair that is only known not to be entailed, that of entailment against the rest."""
    known = labels != NOT_ENTAILMENT
    parts = []
    if known.any():
        parts.append(
            functional.cross_entropy(logits[known], labels[known], label_smoothing=smoothing, reduction="none")
        )
    if not known.all():
        rest = functional.log_softmax(logits[~known], dim=-1)[:, 1:].logsumexp(dim=-1)
        parts.append(-rest)
    return torch.cat(parts).mean()


@torch.inference_mode()
def watch(encoder: Encoder, rows: list[Pieces], device: str) -> dict[str, float]:
    """Accuracy and loss over the pairs kept out."""
    encoder.eval()
    right = lost = 0.0
    for batch in batches(rows, 8192, 0):
        ids, mask, parts, labels = (t.to(device) for t in tensors(batch))
        logits = encoder(ids, mask, parts)
        right += (logits.argmax(-1) == labels).sum().item()
        lost += functional.cross_entropy(logits.float(), labels, reduction="sum").item()
    encoder.train()
    return {"accuracy": round(right / len(rows), 4), "watched_loss": round(lost / len(rows), 4)}


class Masters:
    """An encoder that computes in bfloat16, and its weights in float32, which the optimiser moves. Makes the encoder so."""

    def __init__(self, encoder: Encoder) -> None:
        self._exact = {name: value.detach().clone() for name, value in encoder.state_dict().items()}
        encoder.to(torch.bfloat16)
        self._coarse = {name: p for name, p in encoder.named_parameters() if p.requires_grad}
        self.exact = [self._exact[name] for name in self._coarse]

    def take_gradients(self) -> None:
        """The encoder's gradients, for the optimiser."""
        for exact, coarse in zip(self.exact, self._coarse.values(), strict=True):
            exact.grad = coarse.grad.float() if coarse.grad is not None else None
            coarse.grad = None

    @torch.no_grad()
    def give_weights(self) -> None:
        """The optimiser's weights, for the encoder."""
        torch._foreach_copy_(list(self._coarse.values()), self.exact)

    def weights(self) -> dict[str, Tensor]:
        """All weights in float32, under the encoder's names."""
        return dict(self._exact)


def material(config: dict[str, Any]) -> tuple[list[Pair], list[Pair]]:
    """(to learn from, to be watched), as the configuration says."""
    data = config["data"]
    every = itertools.chain.from_iterable(read(Path(file)) for file in data["files"])
    learnt, watched = split(every, data["watched"], data["watched_one_in"])
    return choose(learnt, data["shares"], config["seed"]), watched


def rounds(rows: list[Pieces], tokens: int, seed: int) -> Iterator[list[Pieces]]:
    """Batches without end, each round in another order."""
    for turn in itertools.count():
        yield from batches(rows, tokens, seed + turn)


def train(config: dict[str, Any], out: Path) -> None:
    """Writes `checkpoint.pt` and `log.jsonl` in the folder `out`. Takes up the checkpoint that is there."""
    out.mkdir(parents=True, exist_ok=True)
    checkpoint, log = out / "checkpoint.pt", out / "log.jsonl"
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(config["seed"])
    random.seed(config["seed"])
    recipe, start = config["recipe"], config["start"]
    encoder = start_from(Path(start["weights"]), tuple(start["layers"])).to(device)
    held = torch.load(checkpoint, map_location=device) if checkpoint.exists() else None
    if held:
        encoder.load_state_dict(held["encoder"])
    masters = Masters(encoder)
    optimizer = torch.optim.AdamW(masters.exact, lr=recipe["rate"], weight_decay=0.01, fused=True)
    done = 0
    if held:
        optimizer.load_state_dict(held["optimizer"])
        done = held["done"]

    by = tokenizer(Path(start["tokenizer"]), recipe["longest"])
    learnt, watched = material(config)
    rows, seen = pieces(learnt, by), pieces(watched, by)

    def tell(**values: object) -> None:
        with log.open("a") as lines:
            lines.write(json.dumps({"seconds": round(time.monotonic() - begun, 1), **values}) + "\n")

    begun = time.monotonic()
    tell(device=device, pairs=len(rows), watched=len(seen), at_step=done, sources=counts(learnt))
    steps, warm = recipe["steps"], max(1, recipe["steps"] // 20)
    running, pairs = 0.0, 0
    encoder.train()
    for step, batch in enumerate(rounds(rows, recipe["tokens"], config["seed"])):
        if step < done:
            continue
        if step >= steps:
            break
        rate = recipe["rate"] * min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, mask, parts, labels = (t.to(device) for t in tensors(batch))
        loss = loss_of(encoder(ids, mask, parts).float(), labels, recipe["smoothing"])
        loss.backward()
        masters.take_gradients()
        torch.nn.utils.clip_grad_norm_(masters.exact, 1.0)
        optimizer.step()
        masters.give_weights()
        running, pairs = 0.98 * running + 0.02 * loss.item() if running else loss.item(), pairs + len(batch)
        if (step + 1) % recipe["save_every"] == 0 or step + 1 == steps:
            tell(step=step + 1, pairs=pairs, loss=round(running, 4), rate=rate, **watch(encoder, seen, device))
            beside = checkpoint.with_suffix(".new")
            state = {"encoder": masters.weights(), "optimizer": optimizer.state_dict(), "done": step + 1}
            torch.save(state, beside)
            beside.replace(checkpoint)


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path, help="a TOML file, see training/config.toml")
    said.add_argument("out", type=Path, help="a folder for the checkpoint and the log")
    given = said.parse_args()
    train(tomllib.loads(given.config.read_text()), given.out)


if __name__ == "__main__":
    main()
