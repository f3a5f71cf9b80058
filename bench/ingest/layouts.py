"""Dates and words of the samples: how many dates are right, and how many words are lost or added."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.ingest.samples.files import files
from bench.ingest.samples.pages import pages
from bench.ingest.samples.sample import Sample
from factcheck.ingest.path_documents import open_archive
from factcheck.ingest.raw_documents import AcceptedDocument

_WORD = re.compile(r"\w+")


def measure_layouts() -> dict[str, Any]:
    """Shares over all samples; each sample that is not right is named."""
    samples = [*pages(), *files()]
    right, lost, added, words = 0, 0, 0, 0
    wrong: list[str] = []
    for sample in samples:
        text, day = _imported(sample)
        missing, more = _differences(sample.text, text)
        right += day == sample.day
        lost, added, words = lost + missing, added + more, words + len(_words(sample.text))
        wrong += _faults(sample, day, missing, more)
    return {
        "samples": len(samples),
        "dates_right": round(right / len(samples), 4),
        "words_lost_or_added": round((lost + added) / words, 4),
        "words": words,
        "lost": lost,
        "added": added,
        "wrong": wrong,
    }


def _imported(sample: Sample) -> tuple[str, str | None]:
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        path = Path(folder) / sample.name
        path.write_bytes(sample.content)
        found = [o.document for o in open_archive(path, None).outcomes() if isinstance(o, AcceptedDocument)]
    if not found:
        return "", None
    return found[0].text, (found[0].published_at or "")[:10] or None


def _faults(sample: Sample, day: str | None, missing: int, more: int) -> Iterator[str]:
    if day != sample.day:
        yield f"{sample.name} ({sample.about}): date {day}, not {sample.day}"
    if missing or more:
        yield f"{sample.name} ({sample.about}): {missing} words lost, {more} added"


def _differences(wanted: str, found: str) -> tuple[int, int]:
    a, b = Counter(_words(wanted)), Counter(_words(found))
    return sum((a - b).values()), sum((b - a).values())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
