"""One ONNX encoder: texts or text pairs in, the model's first output out, in batches of like length."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from factcheck.errors import ModelUnusable

Floats: TypeAlias = npt.NDArray[np.float32]
Text: TypeAlias = str | tuple[str, str]

# Measured on two cores: batches of 1 to 16 cost the same a pair; larger ones wait longer and cost padding. So each thread
# runs batches of its own on one core, which is faster than two threads on one batch.
_BATCH = 8


class OnnxEncoder:
    """A session and its tokenizer. `folder` holds `model.onnx` and `tokenizer.json`; raises `ModelUnusable` where it does not."""

    def __init__(self, folder: Path, threads: int, limit_tokens: int) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelUnusable(f"the model folder {folder} has no {name}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._threads = max(1, threads)
        self._pool = ThreadPoolExecutor(self._threads, "model") if self._threads > 1 else None
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # each library raises its own kinds
            raise ModelUnusable(f"the model in {folder} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(limit_tokens)
        self._tokenizer.enable_padding()
        self._inputs = {node.name for node in self._session.get_inputs()}

    def encode(self, texts: Sequence[Text]) -> list[Floats]:
        """The first output's row for each text or pair: shape `[k]`, or `[tokens, k]`, float32, in the order given."""
        rows: dict[int, Floats] = {}
        order = sorted(range(len(texts)), key=lambda i: _length(texts[i]))
        size = max(1, min(_BATCH, -(-len(order) // self._threads)))
        batches = [order[at : at + size] for at in range(0, len(order), size)]
        run = self._pool.map if self._pool is not None else map
        for batch, output in zip(batches, run(self._run, [[texts[i] for i in b] for b in batches]), strict=True):
            rows.update(zip(batch, output, strict=True))
        return [rows[i] for i in range(len(texts))]

    def _run(self, texts: list[Text]) -> Floats:
        encodings = self._tokenizer.encode_batch(texts)
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
        }
        output: Floats = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0]
        return output


def _length(text: Text) -> int:
    return len(text) if isinstance(text, str) else len(text[0]) + len(text[1])
