"""Runs an ONNX encoder on texts or text pairs.

Each text runs alone on one core, several in parallel. Batching saves about as much as padding costs, and int8 scales are
per batch, so that results would depend on the other texts of the batch (bench/RESULTS.md).
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from factcheck.errors import ModelUnusable

# The library sends telemetry over the network unless this is set before it is imported (seen in 1.32).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

# Sums of int8 products without a cut at 16 bits, by slower instructions. ONNX Runtime heeds this on processors with VNNI, too,
# whose sums are exact by themselves: so it is asked for only where it is needed.
_EXACT_PRODUCTS = "session.x64quantprecision"
# An ONNX file with one `MatMulInteger`: a, uint8 [2, 8], times b, int8 [8, 16], is y, int32 [2, 16].
_PRODUCT = (
    b'\x08\x08\x12\x00:\\\n\x18\n\x01a\n\x01b\x12\x01y"\rMatMulInteger\x12\x01pZ\x13\n\x01a\x12\x0e\n\x0c\x08\x02\x12\x08\n\x02\x08\x02'
    b"\n\x02\x08\x08Z\x13\n\x01b\x12\x0e\n\x0c\x08\x03\x12\x08\n\x02\x08\x08\n\x02\x08\x10b\x13\n\x01y\x12\x0e\n\x0c\x08\x06\x12\x08\n\x02\x08\x02"
    b"\n\x02\x08\x10B\x04\n\x00\x10\r"
)
# In 1.32, the fused sum and norm is six times slower than the two separately: 1.0 ms per pair of 64 word pieces.
_SLOW_FUSION = "SkipLayerNormFusion"

Floats: TypeAlias = npt.NDArray[np.float32]
Text: TypeAlias = str | tuple[str, str]


def ask_for_exact_products(options: onnxruntime.SessionOptions) -> None:
    """Has a session compute the same scores on every processor.

    A processor without VNNI (AMD before Zen 4, Intel before Cascade Lake) cuts the sum of two int8 products off at 16 bits. In
    ONNX Runtime 1.32, 2 % of the reader's classes were others there; exact products take 13 % longer. Seven bits are never cut.
    """
    if _cuts_products_off():
        options.add_session_config_entry(_EXACT_PRODUCTS, "1")


@cache
def _cuts_products_off() -> bool:
    session = onnxruntime.InferenceSession(_PRODUCT, providers=["CPUExecutionProvider"])
    most, highest = np.full((2, 8), 255, np.uint8), np.full((8, 16), 127, np.int8)
    (found,) = session.run(None, {"a": most, "b": highest})
    return bool((found != most.astype(np.int32) @ highest.astype(np.int32)).any())


class OnnxEncoder:
    """A session and its tokenizer, from `model.onnx` and `tokenizer.json` in `folder`. Raises: `ModelUnusable`."""

    def __init__(self, folder: Path, threads: int, limit_tokens: int) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelUnusable(f"the model folder {folder} has no {name}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        ask_for_exact_products(options)
        self._pool = ThreadPoolExecutor(threads, "model") if threads > 1 else None
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=[_SLOW_FUSION],
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # each library raises its own kinds
            raise ModelUnusable(f"the model in {folder} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(limit_tokens)
        self._tokenizer.no_padding()
        self._inputs = {node.name for node in self._session.get_inputs()}

    def encode(self, texts: Sequence[Text]) -> list[Floats]:
        """The first output for each text or pair, in order: float32, shape `[k]` or `[tokens, k]`."""
        if self._pool is None or len(texts) == 1:
            return [self._run(text) for text in texts]
        return list(self._pool.map(self._run, texts))

    def _run(self, text: Text) -> Floats:
        encoding = self._tokenizer.encode(*((text,) if isinstance(text, str) else text))
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoding.type_ids], dtype=np.int64),
        }
        row: Floats = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0][0]
        return row
