"""Pairs as batches of word pieces: pairs of like length together, so that little is padded away."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.pairs import Pair

POOL = 4096
"""Pairs that are sorted by length together. More saves padding, fewer keeps the order random."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A pair as word pieces: ids, and which of the two texts each belongs to."""

    ids: list[int]
    parts: list[int]
    label: int


def tokenizer(path: Path, longest: int) -> Tokenizer:
    """The tokenizer of a file. The premise is cut where both texts are longer than `longest` pieces."""
    made = Tokenizer.from_file(str(path))
    made.no_padding()
    made.enable_truncation(longest, strategy="longest_first")
    return made


def pieces(pairs: Sequence[Pair], by: Tokenizer) -> list[Pieces]:
    """The word pieces of each pair, in order."""
    read = by.encode_batch([(pair.premise, pair.hypothesis) for pair in pairs])
    return [Pieces(r.ids, r.type_ids, pair.label) for r, pair in zip(read, pairs, strict=True)]


def batches(rows: Sequence[Pieces], tokens: int, seed: int) -> Iterator[list[Pieces]]:
    """All rows once, in batches of at most `tokens` word pieces with the padding."""
    chance = random.Random(seed)
    order = list(rows)
    chance.shuffle(order)
    for start in range(0, len(order), POOL):
        pool = sorted(order[start : start + POOL], key=lambda row: len(row.ids))
        cut: list[list[Pieces]] = [[]]
        for row in pool:
            if (len(cut[-1]) + 1) * len(row.ids) > tokens and cut[-1]:
                cut.append([])
            cut[-1].append(row)
        chance.shuffle(cut)
        yield from cut


def tensors(batch: Sequence[Pieces]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(input_ids, attention_mask, token_type_ids, labels), int64."""
    longest = max(len(row.ids) for row in batch)

    def padded(values: Sequence[int]) -> list[int]:
        return [*values, *[0] * (longest - len(values))]

    return (
        torch.tensor([padded(row.ids) for row in batch]),
        torch.tensor([padded([1] * len(row.ids)) for row in batch]),
        torch.tensor([padded(row.parts) for row in batch]),
        torch.tensor([row.label for row in batch]),
    )
