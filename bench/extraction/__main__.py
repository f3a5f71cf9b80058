"""Which part of a web page counts as the report: our rules against the extractors that are installed. `python -m bench.extraction`.

A paragraph counts as kept where all its words stand in the text read, whatever the spacing. Metadata are right or not.
"""

import json
from time import perf_counter

from bench.extraction.engines import Engine, Read, engines
from bench.extraction.pages import PAGES

_TURNS = 20


def main() -> None:
    """One line an engine, then the same as JSON."""
    rows = {name: _measured(engine) for name, engine in engines()}
    columns = list(next(iter(rows.values())))
    print(f"{'':<14}" + "".join(f"{column:>11}" for column in columns))
    for name, row in rows.items():
        print(f"{name:<14}" + "".join(f"{row[column]:>11}" for column in columns))
    print(json.dumps(rows))


def _measured(engine: Engine) -> dict[str, float]:
    began = perf_counter()
    for _ in range(_TURNS):
        reads = [engine(page.html) for page in PAGES]
    per_page_ms = (perf_counter() - began) * 1000 / _TURNS / len(PAGES)
    pairs = list(zip(PAGES, reads, strict=True))
    kept, wanted = sum(_count(p.kept, r) for p, r in pairs), sum(len(p.kept) for p, _ in pairs)
    wrong, furniture = sum(_count(p.left, r) for p, r in pairs), sum(len(p.left) for p, _ in pairs)
    return {
        "kept": round(kept / wanted, 3),
        "furniture": round(wrong / furniture, 3),
        "F1": round(2 * kept / (kept + wrong + wanted), 3),
        "clean pages": sum(_count(p.kept, r) == len(p.kept) and not _count(p.left, r) for p, r in pairs),
        "title": sum(r.title == p.title for p, r in pairs),
        "date": sum(r.day == p.day for p, r in pairs),
        "source": sum(r.source == p.source for p, r in pairs if p.source),
        "url": sum(r.url == p.url for p, r in pairs if p.url),
        "ms a page": round(per_page_ms, 2),
    }


def _count(paragraphs: tuple[str, ...], read: Read) -> int:
    text = "".join(read.text.split())
    return sum("".join(paragraph.split()) in text for paragraph in paragraphs)


if __name__ == "__main__":
    main()
