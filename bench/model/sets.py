"""The sets of labelled pairs, which lie beside the project, and the goal of each."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.verdicts.scorer import MissingFile

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the table: its files (more than one: their mean), which figure of the scorer's, goal and floor."""

    title: str
    files: tuple[str, ...]
    figure: str
    group: str | None
    goal: float
    floor: float


GOALS = (
    Goal("FRANK valid, CNN/DM part: AUC", ("frank_valid",), "auc", "cnndm", 0.85, 0.70),
    Goal("FRANK valid, BBC part: AUC", ("frank_valid",), "auc", "bbc", 0.75, 0.61),
    Goal("BUMP task 2: AUC", ("bump_task2",), "auc", None, 0.85, 0.66),
    Goal(
        "SummEdits, five sets: mean balanced accuracy",
        ("summedits_samsum", "summedits_ectsum", "summedits_scitldr", "summedits_podcast", "summedits_sales_email"),
        "bacc", None, 0.75, 0.60,
    ),
    Goal("SciFact train, gold abstracts: macro-F1", ("scifact_train",), "macro_f1", None, 0.70, 0.55),
    Goal("Climate-FEVER, three labels: macro-F1", ("climate_fever",), "macro_f1", None, 0.60, 0.50),
)  # fmt: skip


def read(path: Path) -> list[Row]:
    """The rows of a file of JSON lines, gzipped or not; raises `MissingFile`."""
    if not path.is_file():
        raise MissingFile(f"no labelled pairs at {path}: name the folder that holds them by --data DIR")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def pairs(name: str, data: Path, first: int | None) -> list[Row]:
    """Rows of {"id", "claim", "evidence", "label", "meta"?}; SciFact's with its gold abstracts, or the cited one."""
    rows = read(data / f"{name}.jsonl.gz")
    if name == "scifact_train":
        rows = list(_with_abstracts(rows, read(data / "scifact_corpus.jsonl.gz")))
    if first is not None:
        rows = random.Random(7).sample(rows, min(first, len(rows)))
    return rows


def _with_abstracts(rows: list[Row], corpus: list[Row]) -> Iterator[Row]:
    text = {str(row["id"]): f"{row['title']}. {row['text']}" for row in corpus}
    for row in rows:
        named = list(row.get("gold") or row["cited"])
        yield {**row, "evidence": [text[str(key)] for key in named if str(key) in text]}
