"""The date that stands at the head of a report: `Published: 30 January 2018`, or a dateline with a full date."""

import re
from collections.abc import Iterator, Sequence

from factcheck.ingest.dates import parse_moment
from factcheck.ingest.raw_documents import RawDate

_HEAD_PARAGRAPHS = 6
_LONGEST_LINE = 90
_CHANGED = re.compile(
    r"\b(?:updated|modified|changed|corrected|aktualisiert|mis à jour|actualizado|aggiornato|oppdatert)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[|•·–—]|\bby\s+[^|•·–—]+$|\n)\s*")
_BEFORE = re.compile(
    r"^(?:(?:first\s+)?(?:published|posted|issued|date|released|created)(?:\s+(?:on|at))?|veröffentlicht(?:\s+am)?|stand|publié(?:\s+le)?|"
    r"publicado(?:\s+el)?|pubblicato(?:\s+il)?|publisert|publicerad|gepubliceerd(?:\s+op)?)\s*:?\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^[A-ZÀ-Ý][\w.' À-ÿ-]{1,40},\s+")


def printed_stamps(paragraphs: Sequence[str]) -> Iterator[RawDate]:
    """Lines at the head that are a date and little else; a line that tells of a change is none.

    >>> [stamp.raw for stamp in printed_stamps(["By Anna Berg", "Published: 30 January 2018", "Rain fell."])]
    ['30 January 2018']
    """
    for paragraph in paragraphs[:_HEAD_PARAGRAPHS]:
        for line in paragraph.split("\n")[:3]:
            if len(line) <= _LONGEST_LINE:
                yield from _of_line(line)
        if found := _dateline(paragraph):
            yield RawDate("dateline", found)


def _of_line(line: str) -> Iterator[RawDate]:
    for part in _SPLIT.split(line):
        if _CHANGED.search(part):
            continue
        words = _BEFORE.sub("", part.strip())
        for candidate in (words, _PLACE.sub("", words)):
            if parse_moment(candidate, None) and not candidate.isdigit():
                yield RawDate("printed date", candidate)
                break


def _dateline(paragraph: str) -> str | None:
    """Of `LYSVIK, Jan. 30, 2018 (Wire) — Rain fell.`"""
    head, dash, _ = paragraph[:120].partition("—" if "—" in paragraph[:120] else "–")
    if not dash or not head[:3].isupper():
        return None
    words = re.sub(r"\(.*?\)", "", head).strip(" ,")
    date = words.partition(",")[2].strip()
    return date if parse_moment(date, None) else None
