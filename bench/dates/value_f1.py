"""Value F1 of the temporal tagger on its table of expressions, and its speed. `python -m bench.dates.value_f1 [TABLE] [-v]`.

A value counts where its exact words, its kind and its TIMEX3 value are all right. A row of the table that expects
nothing counts against precision where something is found.
"""

import argparse
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from worker.dimensions.times.find import find_times

TABLE = Path(__file__).parents[2] / "tests/unit/worker/dimensions/dates_table.tsv"
Value = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the table. `expected` holds words, kind and TIMEX3 value of each time in it."""

    dateline: date | None
    sentence: str
    expected: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a table."""

    right: int
    found: int
    expected: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.expected)


def read_table(path: Path) -> list[Row]:
    """The rows of a table: dateline, sentence, and three columns a value."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_row(line.split("\t")) for line in lines if line and not line.startswith("#")]


def _row(cells: list[str]) -> Row:
    dateline = None if cells[0] == "-" else date.fromisoformat(cells[0])
    values = cells[2:]
    return Row(dateline, cells[1], tuple(zip(values[0::3], values[1::3], values[2::3], strict=True)))


def found_in(row: Row) -> list[Value]:
    """What the tagger finds in a row."""
    return [(v.text, v.kind, v.timex) for v in find_times(row.sentence, row.dateline)]


def score(rows: list[Row]) -> Score:
    """Compares row by row, as multisets."""
    right = found = expected = 0
    for row in rows:
        got, want = Counter(found_in(row)), Counter(row.expected)
        right, found, expected = right + (got & want).total(), found + got.total(), expected + want.total()
    return Score(right, found, expected)


def speed(rows: list[Row], seconds: float = 2.0) -> float:
    """Characters a second over the table's sentences, read as one text. Dense in times: plain news is faster."""
    text = " ".join(row.sentence for row in rows)
    begin, read = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        find_times(text, date(2018, 1, 31))
        read += len(text)
    return read / (time.perf_counter() - begin)


def main() -> None:
    """Prints the figures; with -v every row that is not wholly right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", nargs="?", type=Path, default=TABLE)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    rows = read_table(options.table)
    if options.verbose:
        for row in rows:
            if Counter(found_in(row)) != Counter(row.expected):
                print(f"{row.sentence}\n  expected {list(row.expected)}\n  found    {found_in(row)}")
    figures = score(rows)
    print(
        f"rows {len(rows)}  values {figures.expected}  found {figures.found}  right {figures.right}  F1 {figures.f1:.4f}"
    )
    print(f"{speed(rows):,.0f} characters a second")


if __name__ == "__main__":
    main()
