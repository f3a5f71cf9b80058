"""`python -m training.synthetic OUT ARTICLES...`: pairs made from gzipped files of articles, as gzipped JSON lines."""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.synthetic.pairs import pairs


def articles(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """(title, text) of each article, in the order of the files."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row.get("title") or "", row["text"]


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("articles", type=Path, nargs="+")
    said.add_argument("--each", type=int, default=5, help="pairs of an article at most, its title's apart")
    said.add_argument("--seed", type=int, default=7)
    given = said.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for made in pairs(articles(given.articles), given.each, given.seed):
            row = {"premise": made.premise, "hypothesis": made.hypothesis, "label": made.label, "src": made.src}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            seen[made.label, made.src] += 1
    for (label, src), count in sorted(seen.items()):
        print(f"{count:7} {label:15} {src}")


if __name__ == "__main__":
    main()
