"""The encoder: a BERT of few layers with one head of three classes, and the places its first weights come from."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

CLASSES = ("entailment", "neutral", "contradiction")
"""The order of the logits, the same as the baseline's."""


def attend(query: Tensor, key: Tensor, value: Tensor, hidden: Tensor | None, width: int) -> Tensor:
    """Attention [batch, heads, seq, width], written out: on a CPU, Torch's fused one takes a third of a training step."""
    likeness = (query * width**-0.5) @ key.transpose(-2, -1)
    if hidden is not None:
        likeness = likeness + hidden
    return torch.softmax(likeness, dim=-1) @ value


class Layer(nn.Module):
    """One transformer layer, the norm after each half (BERT's order)."""

    def __init__(self, width: int, heads: int, inner: int, dropped: float = 0.0) -> None:
        super().__init__()
        self.heads, self.per_head, self.dropped = heads, width // heads, dropped
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.mix = nn.Linear(width, width)
        self.mix_norm = nn.LayerNorm(width, eps=1e-12)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.out_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, around: Tensor, hidden: Tensor | None) -> Tensor:
        """States [batch, n, width] to their next states, which look at `around` [batch, seq, width]; `hidden` is added to
        the attention's logits."""

        def per_head(y: Tensor) -> Tensor:
            return y.view(y.shape[0], y.shape[1], self.heads, self.per_head).transpose(1, 2)

        query, key, value = per_head(self.query(x)), per_head(self.key(around)), per_head(self.value(around))
        mixed = attend(query, key, value, hidden, self.per_head)
        mixed = self.mix(mixed.transpose(1, 2).reshape(x.shape))
        x = self.mix_norm(x + functional.dropout(mixed, self.dropped, self.training))
        inner = self.narrow(functional.gelu(self.widen(x)))
        return self.out_norm(x + functional.dropout(inner, self.dropped, self.training))


class Encoder(nn.Module):
    """Premise and hypothesis in, three logits in the order of `CLASSES` out. The word embeddings stay as they were."""

    def __init__(
        self,
        layers: int,
        words: int = 30522,
        width: int = 384,
        heads: int = 12,
        inner: int = 1536,
        dropped: float = 0.0,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.words = nn.Embedding(words, width)
        self.places = nn.Embedding(512, width)
        self.parts = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropped) for _ in range(layers))
        self.pool = nn.Linear(width, width)
        self.head = nn.Linear(width, len(CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        for table in (self.words, self.places):
            table.weight.requires_grad = False

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """int64 [batch, seq] three times in, float [batch, 3] out."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.norm(self.words(input_ids) + self.places(places)[None] + self.parts(token_type_ids))
        hidden = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers[:-1]:
            x = layer(x, x, hidden.to(x.dtype))
        first: Tensor = self.layers[-1](x[:, :1], x, hidden.to(x.dtype))[:, 0]  # no other token is looked at afterwards
        logits: Tensor = self.head(torch.tanh(self.pool(first)))
        return logits


HERE = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mix",
    "attention.output.LayerNorm": "mix_norm",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "out_norm",
}
"""The names that BERT's files use for a layer's parts, and ours."""


def start_from(path: Path, keep: tuple[int, ...]) -> Encoder:
    """An encoder of the layers `keep` of the file's: a `.safetensors` file, or an int8 `.onnx` file, whose weights are
    multiplied out again. Raises ValueError where the file is of another kind or lacks a layer."""
    if path.suffix == ".safetensors":
        weights = _of_safetensors(path)
    elif path.suffix == ".onnx":
        weights = _of_onnx(path)
    else:
        raise ValueError(f"{path.name}: first weights are read from .safetensors or .onnx files")
    encoder = Encoder(len(keep))
    state = encoder.state_dict()
    put = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "parts.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
        "pool.weight": "pooler.dense.weight",
        "pool.bias": "pooler.dense.bias",
    }
    for new, old in enumerate(keep):
        for theirs, ours in HERE.items():
            for kind in ("weight", "bias"):
                put[f"layers.{new}.{ours}.{kind}"] = f"encoder.layer.{old}.{theirs}.{kind}"
    for ours, theirs in put.items():
        if theirs not in weights:
            raise ValueError(f"{path.name} has no {theirs}")
        state[ours] = torch.from_numpy(np.array(weights[theirs], dtype=np.float32)).reshape(state[ours].shape)
    encoder.load_state_dict(state)
    return encoder


def _of_safetensors(path: Path) -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    return {name.removeprefix("bert."): array for name, array in load_file(path).items()}


def _of_onnx(path: Path) -> dict[str, np.ndarray]:
    """The weights of a dynamically quantised BERT. A matrix is named after the operation that it takes part in."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    weights = {name.removeprefix("bert."): array for name, array in held.items() if "quantized" not in name}

    def whole(name: str) -> np.ndarray:
        stem = name.removesuffix("_quantized")
        zero, scale = held[f"{stem}_zero_point"].astype(np.float32), held[f"{stem}_scale"].astype(np.float32)
        return np.asarray((held[name].astype(np.float32) - zero) * scale)

    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in held:
            place = node.name.strip("/").removeprefix("bert/").split("/MatMul")[0].split("/Gemm")[0].replace("/", ".")
            weights[f"{place}.weight"] = whole(node.input[1]).T
    for name in held:
        if name.endswith("_quantized") and "embeddings" in name:
            weights[name.removesuffix("_quantized").removeprefix("bert.")] = whole(name)
    return weights


def save(encoder: Encoder, path: Path, note: dict[str, object]) -> None:
    """The weights and what they are, written so that a cut-off write leaves the old file."""
    beside = path.with_suffix(".new")
    torch.save({"state": encoder.state_dict(), "note": json.dumps(note)}, beside)
    beside.replace(path)
