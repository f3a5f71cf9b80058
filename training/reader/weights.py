"""First weights of a reader: of another reader's int8 file, or of a ranking model's, multiplied out again."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from training.encoder import Encoder, start_from


def first_weights(path: Path, layers: tuple[int, ...]) -> Encoder:
    """An encoder of the named layers of a file: an `.onnx` file that `training.export` wrote, or one that `start_from` reads.

    Raises ValueError where the file lacks a weight. The word and place tables do not learn.
    """
    held = _of_own_onnx(path) if path.suffix == ".onnx" else {}
    if "words.weight" not in held:
        return start_from(path, layers)
    encoder = Encoder(len(layers))
    state = encoder.state_dict()
    for name in state:
        parts = name.split(".")
        theirs = ".".join([parts[0], str(layers[int(parts[1])]), *parts[2:]]) if parts[0] == "layers" else name
        if theirs not in held:
            raise ValueError(f"{path.name} has no {theirs}")
        state[name] = torch.from_numpy(np.array(held[theirs], dtype=np.float32)).reshape(state[name].shape)
    encoder.load_state_dict(state)
    return encoder


def _of_own_onnx(path: Path) -> dict[str, np.ndarray]:
    """The weights of a file that `training.export` wrote, under the encoder's names."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    weights = {name: array for name, array in held.items() if array.dtype == np.float32 and array.ndim}
    for name in held:
        stem = name.removesuffix("_quantized")
        if stem == name:
            continue
        if stem.endswith("_Transposed"):
            weights[stem.removesuffix("_Transposed")] = _whole(held, stem).T
        else:
            weights[stem] = _whole(held, stem)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith("_quantized"):
            place = node.name.strip("/").split("/MatMul")[0].split("/Gemm")[0].replace("/", ".")
            weights[f"{place}.weight"] = _whole(held, node.input[1].removesuffix("_quantized")).T
    return weights


def _whole(held: Mapping[str, np.ndarray], stem: str) -> np.ndarray:
    """A quantised array multiplied out: (value - zero point) x scale, a scale for all or for each of the last axis."""
    zero, scale = held[f"{stem}_zero_point"].astype(np.float32), held[f"{stem}_scale"].astype(np.float32)
    return np.asarray((held[f"{stem}_quantized"].astype(np.float32) - zero) * scale)
