"""What a reader is worth on stories kept out: `python -m training.reader.score CONFIG MODEL [--json FILE] [--kinds]`.

Prints accuracy, contradictions taken for support, support taken for contradictions, and the area under the curve of support
against contradiction: for writers kept out, for stories kept out, with and without dates, and for files of further pairs.
"""

import argparse
import json
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from training.pairs import Pair, read
from training.reader.stories import parted
from training.reader.window_variants import plain
from worker.models.onnx import ask_for_exact_products

Floats = npt.NDArray[np.float32]
_ENTAILED, _NEUTRAL, _CONTRADICTED = 0, 1, 2
_LONGEST, _BATCH = 192, 32


class Reader:
    """An exported reader. Pairs of like length are read together; one that `training.single_rows` rewrote reads each alone."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        ask_for_exact_products(options)
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, ["CPUExecutionProvider"])
        self._inputs = frozenset(given.name for given in self._session.get_inputs())
        self._together = _BATCH if "attention_mask" in self._inputs else 1
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()

    def logits(self, pairs: Sequence[Pair]) -> Floats:
        """float32 [pairs, 3], in the order of the pairs."""
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].premise) + len(pairs[i].hypothesis))
        answers = np.empty((len(pairs), 3), dtype=np.float32)
        for start in range(0, len(order), self._together):
            places = order[start : start + self._together]
            answers[places] = self._batch([(pairs[i].premise, pairs[i].hypothesis) for i in places])
        return answers

    def _batch(self, texts: list[tuple[str, str]]) -> Floats:
        read = self._tokenizer.encode_batch(texts)
        fed = {
            "input_ids": np.array([r.ids for r in read], dtype=np.int64),
            "attention_mask": np.array([r.attention_mask for r in read], dtype=np.int64),
            "token_type_ids": np.array([r.type_ids for r in read], dtype=np.int64),
        }
        asked = {name: array for name, array in fed.items() if name in self._inputs}
        return np.asarray(self._session.run(None, asked)[0], dtype=np.float32)


def figures(logits: Floats, labels: npt.NDArray[np.int64]) -> dict[str, float]:
    """The figures of one set, rounded; shares of 1."""
    said = logits.argmax(axis=-1)
    supported, refuted, open_ = (labels == place for place in (_ENTAILED, _CONTRADICTED, _NEUTRAL))
    leaning = logits[:, _ENTAILED] - logits[:, _CONTRADICTED]
    return {
        "claims": len(labels),
        "accuracy": _share(said == labels),
        "refuted_as_supported": _share(said[refuted] == _ENTAILED),
        "supported_as_refuted": _share(said[supported] == _CONTRADICTED),
        "open_as_supported": _share(said[open_] == _ENTAILED),
        "open_as_refuted": _share(said[open_] == _CONTRADICTED),
        "area_supported_refuted": round(area(leaning[supported], leaning[refuted]), 4),
    }


def area(higher: Floats, lower: Floats) -> float:
    """How often one of `higher` exceeds one of `lower`; equal ones count half."""
    if not len(higher) or not len(lower):
        return float("nan")
    held = np.sort(lower)
    below, not_above = np.searchsorted(held, higher, "left"), np.searchsorted(held, higher, "right")
    return float((below + not_above).mean() / 2 / len(lower))


def by_kind(pairs: Sequence[Pair], logits: Floats) -> dict[str, dict[str, float]]:
    """Accuracy and count of each kind of claim, under the class's letter and the kind's name."""
    right: dict[str, list[bool]] = defaultdict(list)
    for pair, row in zip(pairs, logits, strict=True):
        right[f"{'SNC'[pair.label]} {pair.source}"].append(int(row.argmax()) == pair.label)
    return {kind: {"claims": len(r), "accuracy": round(sum(r) / len(r), 3)} for kind, r in sorted(right.items())}


def _share(of: npt.NDArray[np.bool_]) -> float:
    return round(float(of.mean()), 4) if of.size else float("nan")


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("config", type=Path)
    said.add_argument("model", type=Path, help="a folder with model.onnx and tokenizer.json")
    said.add_argument("--pairs", type=Path, nargs="*", default=[], help="gzipped JSON lines of further pairs")
    said.add_argument("--json", type=Path)
    said.add_argument("--kinds", action="store_true", help="a line for each kind of claim of the writers kept out")
    said.add_argument("--threads", type=int, default=1)
    given = said.parse_args()
    data = tomllib.loads(given.config.read_text(encoding="utf-8"))["data"]
    stories, writers = parted(data), data["writers_kept_out"]
    sets = {f"writer {w}": plain([s for s in stories.strange if s.writer == w], False) for w in writers}
    sets["writers kept out"] = plain(stories.strange, False)
    sets["writers kept out, dated"] = plain(stories.strange, True)
    sets["stories kept out"] = plain(stories.hashed, False)
    sets |= {file.name: [p for p in read(file) if p.label >= 0] for file in given.pairs}
    reader, found = Reader(given.model, given.threads), dict[str, object]()
    for name, pairs in sets.items():
        if pairs:
            logits = reader.logits(pairs)
            found[name] = figures(logits, np.array([p.label for p in pairs]))
            print(name, json.dumps(found[name]), flush=True)
            if given.kinds and name == "writers kept out":
                kinds = by_kind(pairs, logits)
                found["kinds"] = kinds
                print("\n".join(f"{kind}: {f['accuracy']} of {f['claims']}" for kind, f in kinds.items()), flush=True)
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
