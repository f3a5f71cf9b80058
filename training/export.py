"""Writes the trained encoder as ONNX with int8 weights: `python -m training.export CONFIG RUN OUT`.

The matrices are quantised dynamically, a scale a channel. The folder gets `model.onnx`, `tokenizer.json` and `SHA256SUMS`."""

import argparse
import hashlib
import shutil
import tempfile
import tomllib
from pathlib import Path

import torch
from torch import nn

from training.encoder import Encoder


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
