"""Runs an ONNX encoder on texts or text pairs.

Each text runs alone on one core, several in parallel. Batching saves about as much as padding costs, and int8 scales are
per batch, so that results would depend on the other texts of the batch (bench/RESULTS.md).
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from factcheck.errors import ModelUnusable

# The library sends telemetry over the network unless this is set before it is imported (seen in 1.32).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

# A processor without VNNI (AMD before Zen 4, Intel before Cascade Lake) multiplies uint8 by int8 in pairs and cuts the sum of two
# products off at 16 bits, so that weights of eight bits give other scores there than elsewhere. This option of ONNX Runtime turns
# the weights into uint8 on such processors, and does nothing on others. In 1.32, without it, 384 products of 255 and 127 came to
# 6,291,264 in place of 12,435,840, and 2 % of the reader's classes were others; with it, reading takes 13 % longer there.
EXACT_PRODUCTS = "session.x64quantprecision"
# In 1.32, the fused sum and norm is six times slower than the two separately: 1.0 ms per pair of 64 word pieces.
_SLOW_FUSION = "SkipLayerNormFusion"

Floats: TypeAlias = npt.NDArray[np.float32]
Text: TypeAlias = str | tuple[str, str]


class OnnxEncoder:
    """A session and its tokenizer, from `model.onnx` and `tokenizer.json` in `folder`. Raises: `ModelUnusable`.

    `eight_bits`: the weights use all of int8. Those of at most seven bits need no care on any processor.
    """

    def __init__(self, folder: Path, threads: int, limit_tokens: int, eight_bits: bool = True) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelUnusable(f"the model folder {folder} has no {name}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry(EXACT_PRODUCTS, str(int(eight_bits)))
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
