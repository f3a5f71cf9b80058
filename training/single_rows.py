"""Rewrites an exported encoder for rows that are read one at a time: `python -m training.single_rows FOLDER`.

A row on its own has no padding, so that the attention needs no mask; and its heads need no copy in another order, since ONNX
Runtime's float product takes them where they lie. That saves about a twentieth of a run. The answers are equal to the last bit,
which is tested on random rows before the file is replaced. A rewritten file takes no batches: do it last.

FOLDER has `model.onnx` with int8 weights, as `training.export` writes it, and `SHA256SUMS`.
"""

import argparse
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

_HEADS = 12
_RUNTIME = "com.microsoft"  # the domain of ONNX Runtime's own operations
_LENGTHS = (2, 3, 17, 30, 64, 72, 128, 191)
_APART, _JOINED = "row_heads_apart", "row_heads_joined"

Floats = npt.NDArray[np.float32]


def for_single_rows(model: onnx.ModelProto, heads: int = _HEADS) -> None:
    """Changes the graph in place: batch of one, no mask, attention without transposed copies of query, key and value.

    Raises: `ValueError` if the graph is rewritten already.
    """
    graph = model.graph
    if "attention_mask" not in {i.name for i in graph.input}:
        raise ValueError("the model has no attention mask: it is rewritten already, or not of this kind")
    width = _width(graph)
    graph.initializer.extend(
        numpy_helper.from_array(np.array(shape, np.int64), name)
        for name, shape in ((_APART, (-1, heads, width // heads)), (_JOINED, (1, -1, width)))
    )
    for softmax in [node for node in graph.node if node.op_type == "Softmax"]:
        _rewrite_attention(graph, softmax)
    for given in graph.input:
        given.type.tensor_type.shape.dim[0].dim_value = 1
    for answer in graph.output:
        answer.type.tensor_type.shape.dim[0].dim_value = 1
    del graph.value_info[:]  # shapes of the old heads
    if _RUNTIME not in {o.domain for o in model.opset_import}:
        model.opset_import.append(helper.make_opsetid(_RUNTIME, 1))
    _remove_unread(graph)


def _width(graph: onnx.GraphProto) -> int:
    """The length of a state: that of a row of the table that `input_ids` choose from."""
    table = next(node.input[0] for node in graph.node if node.op_type == "Gather" and node.input[1] == "input_ids")
    return int(next(i.dims[1] for i in graph.initializer if i.name == table))


def _rewrite_attention(graph: onnx.GraphProto, softmax: onnx.NodeProto) -> None:
    """Query, key and value stay `[tokens, heads, width of a head]`; the products take the heads as their batch."""
    makes = {name: node for node in graph.node for name in node.output}
    scale, likeness = _without_mask(graph, makes, softmax)
    mix = _reader(graph, softmax.output[0], "MatMul")
    query, key, value = (_in_place(makes, name) for name in (*likeness, mix.input[1]))
    product = helper.make_node(
        "FusedMatMul", [query, key], [f"{softmax.output[0]}_likeness"], f"{softmax.name}_likeness",
        domain=_RUNTIME, alpha=scale, transB=1, transBatchA=1, transBatchB=1,
    )  # fmt: skip
    mixed = helper.make_node(
        "FusedMatMul", [softmax.output[0], value], [f"{mix.output[0]}_rows"], f"{mix.name}_rows",
        domain=_RUNTIME, transBatchB=1,
    )  # fmt: skip
    softmax.input[0] = product.output[0]
    _set(softmax, "axis", -1)
    joined = _reader(graph, mix.output[0], "Transpose")
    _set(joined, "perm", [1, 0, 2])
    joined.input[0] = mixed.output[0]
    _reader(graph, joined.output[0], "Reshape").input[1] = _JOINED
    graph.node.insert(list(graph.node).index(softmax), product)
    graph.node.insert(list(graph.node).index(mix), mixed)


def _without_mask(
    graph: onnx.GraphProto, makes: Mapping[str, onnx.NodeProto], softmax: onnx.NodeProto
) -> tuple[float, tuple[str, str]]:
    """The factor of the likeness of query and key, and the names of both, before the mask is added."""
    constants = dict(_constants(graph))
    scale = 1.0
    node = next(makes[n] for n in makes[softmax.input[0]].input if n in makes and makes[n].op_type in ("MatMul", "Div"))
    if node.op_type == "Div":
        scale /= float(constants[node.input[1]])
        node = makes[node.input[0]]
    query, key = node.input
    if makes[query].op_type == "Mul":
        scale *= float(constants[makes[query].input[1]])
        query = makes[query].input[0]
    return scale, (query, key)


def _in_place(makes: Mapping[str, onnx.NodeProto], transposed: str) -> str:
    """The heads before they are transposed, with a shape of one row."""
    heads = makes[makes[transposed].input[0]]
    if heads.op_type != "Reshape":
        raise ValueError(f"{transposed} is not a transposed view of heads")
    heads.input[1] = _APART
    return str(heads.output[0])


def _reader(graph: onnx.GraphProto, name: str, operation: str) -> onnx.NodeProto:
    return next(node for node in graph.node if name in node.input and node.op_type == operation)


def _set(node: onnx.NodeProto, name: str, value: Any) -> None:
    """Makes this the node's only attribute."""
    del node.attribute[:]
    node.attribute.append(helper.make_attribute(name, value))


def _constants(graph: onnx.GraphProto) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    for node in graph.node:
        if node.op_type == "Constant":
            yield node.output[0], numpy_helper.to_array(node.attribute[0].t)
    for held in graph.initializer:
        if not held.dims:
            yield held.name, numpy_helper.to_array(held)


def _remove_unread(graph: onnx.GraphProto) -> None:
    """Removes nodes, weights and inputs that nothing reads."""
    while True:
        read = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
        idle = [node for node in graph.node if not read.intersection(node.output)]
        if not idle:
            break
        for node in idle:
            graph.node.remove(node)
    for kept in (graph.initializer, graph.input):
        for one in [one for one in kept if one.name not in read]:
            kept.remove(one)


def differences(before: bytes, after: bytes) -> Iterator[float]:
    """The largest difference of the answers, for random rows of several lengths."""
    chance = np.random.default_rng(0)
    sessions = [
        onnxruntime.InferenceSession(
            model, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        for model in (before, after)
    ]
    for length in _LENGTHS:
        row = {
            "input_ids": chance.integers(1_000, 30_000, (1, length)),
            "attention_mask": np.ones((1, length), np.int64),
            "token_type_ids": (np.arange(length) > length // 2).astype(np.int64)[None],
        }
        old, new = (s.run(None, {i.name: row[i.name] for i in s.get_inputs()})[0] for s in sessions)
        yield float(np.abs(old - new).max())


def main() -> None:
    """The command line. Leaves the folder as it is if an answer differs."""
    parser = argparse.ArgumentParser(prog="python -m training.single_rows", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heads", type=int, default=_HEADS)
    given = parser.parse_args()
    path: Path = given.folder / "model.onnx"
    before = path.read_bytes()
    model = onnx.load_from_string(before)
    for_single_rows(model, given.heads)
    after = model.SerializeToString()
    worst = max(differences(before, after))
    if worst > 0:
        raise SystemExit(f"answers differ by up to {worst:.2g}: the file stays as it is")
    path.write_bytes(after)
    sums = given.folder / "SHA256SUMS"
    old, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
    sums.write_text(sums.read_text().replace(old, new))
    print(f"{path}: {new}")


if __name__ == "__main__":
    main()
