"""Writes the trained encoder as ONNX with int8 weights: `python -m training.export CONFIG RUN OUT`.

The matrices are quantised dynamically, a scale a channel. The folder gets `model.onnx`, `tokenizer.json` and `SHA256SUMS`."""

import argparse
import hashlib
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from training.encoder import Encoder

if TYPE_CHECKING:
    import onnx


def write_plain(encoder: nn.Module, out: Path, output: str = "logits") -> None:
    """The encoder as float32 ONNX; inputs int64 [batch, seq]."""
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in inputs)
    axes = {name: {0: "batch", 1: "seq"} for name in inputs} | {output: {0: "batch"}}
    encoder.eval()
    torch.onnx.export(
        encoder, example, str(out), input_names=list(inputs), output_names=[output], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip


def fix_shapes(path: Path, heads: int) -> None:
    """Writes the shapes of heads and states into the file; else each layer reckons them anew, a twentieth of a run."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    width = next(i.dims[0] for i in graph.initializer if i.name == "norm.weight")
    shapes = {"heads_apart": [0, 0, heads, width // heads], "heads_joined": [0, 0, width]}  # 0: as it comes in
    graph.initializer.extend(numpy_helper.from_array(np.array(shape), name) for name, shape in shapes.items())
    turned = {node.output[0] for node in graph.node if node.op_type == "Transpose"}
    for node in graph.node:
        if node.op_type == "Reshape":
            node.input[1] = "heads_joined" if node.input[0] in turned else "heads_apart"
    while idle := _idle(graph):
        for node in idle:
            graph.node.remove(node)
    onnx.save(model, str(path))


def _idle(graph: "onnx.GraphProto") -> "list[onnx.NodeProto]":
    """The nodes that nothing reads from."""
    read = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
    return [node for node in graph.node if not read.intersection(node.output)]


def write_int8(plain: Path, out: Path) -> None:
    """The same graph with int8 weights, a scale a channel; the table of words too.

    ONNX Runtime fuses norms and activations when it loads the file. Its fused attention for int8 was measured slower here
    (0.65 against 0.76 of the six-layer baseline's pairs a second), so attention stays as it is written.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(plain),
        str(out),
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": 1},
    )


def write_folder(encoder: nn.Module, tokenizer: Path, out: Path) -> None:
    """The model as the worker loads it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as there:
        plain = Path(there, "plain.onnx")
        write_plain(encoder, plain)
        fix_shapes(plain, encoder.heads)
        write_int8(plain, out / "model.onnx")
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    sums = [
        f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("model.onnx", "tokenizer.json")
    ]
    (out / "SHA256SUMS").write_text("".join(sums))


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path)
    said.add_argument("run", type=Path, help="the folder that training.train wrote")
    said.add_argument("out", type=Path)
    given = said.parse_args()
    start = tomllib.loads(given.config.read_text())["start"]
    encoder = Encoder(len(start["layers"]))
    encoder.load_state_dict(torch.load(given.run / "checkpoint.pt", map_location="cpu")["encoder"])
    write_folder(encoder, Path(start["tokenizer"]), given.out)


if __name__ == "__main__":
    main()
