"""Lines of PDF pages to paragraphs in reading order."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

_EDGE = 0.12
"""Share of a page's height, at the top and the bottom, in which running heads and page numbers stand."""
_SAME_COLUMN = 0.3
_COVERED = 0.9
_MOST_LINES = 1_500
_GAP = 1.55
"""A distance between baselines, in line heights of the paragraph, from which on a new paragraph begins."""
_INDENT = 0.8
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|von|/|\|)\s*\d{1,4})?$", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐]$")
_PREFIXES = frozenset(
    "pre post non anti co ex self mid semi multi inter cross well half all vice north south east west long short full part".split()
)
_ENDS = (".", "!", "?", "”", '"', ":", ".)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. Places are in points from the page's left and top edge; `size` is the letters' height."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page_height: float


def paragraphs(pages: list[list[Line]]) -> list[tuple[str, float]]:
    """Each paragraph with the size of its letters. Running heads and page numbers are left out."""
    running = _running(pages)
    groups: list[list[Line]] = []
    for page in pages:
        lines = [line for line in page if not _is_boilerplate(line, running)]
        for column in _columns(lines):
            new = _divided(column)
            if groups and new and _goes_on(groups[-1], new[0]):
                groups[-1] += new.pop(0)
            groups += new
    return [(_joined([line.text for line in group]), group[0].size) for group in groups]


def _running(pages: list[list[Line]]) -> set[str]:
    """Words at page edges that stand on at least three pages, or on both of two; digits count as alike."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page if _is_edge(line)})
    least = 2 if len(pages) == 2 else max(3, len(pages) // 4)
    return {key for key, count in seen.items() if count >= least}


def _is_boilerplate(line: Line, running: set[str]) -> bool:
    return _is_edge(line) and (_key(line) in running or bool(_PAGE_NUMBER.match(line.text)))


def _is_edge(line: Line) -> bool:
    return line.bottom < line.page_height * _EDGE or line.top > line.page_height * (1 - _EDGE)


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip().lower()


def _columns(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines in reading order: what spans columns divides the page, then columns go from left to right."""
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    pairs = _side_by_side_pairs(ordered)
    runs: list[list[Line]] = []
    band: list[Line] = []
    for line in ordered:
        if _spans(line, pairs):
            runs += _side_by_side(band)
            band = []
            if runs and _spans(runs[-1][-1], pairs):
                runs[-1].append(line)
            else:
                runs.append([line])
        else:
            band.append(line)
    return [run for run in [*runs, *_side_by_side(band)] if run]


def _spans(line: Line, pairs: list[tuple[Line, Line]]) -> bool:
    """True if the line reaches over two lines that stand side by side elsewhere on the page."""
    return any(line is not a and line is not b and _covers(line, a) and _covers(line, b) for a, b in pairs)


def _covers(line: Line, other: Line) -> bool:
    return _overlap(other, line) > _COVERED * (other.right - other.left)


def _side_by_side_pairs(ordered: list[Line]) -> list[tuple[Line, Line]]:
    """Of lines in the order of their tops; a page of very many pieces is a table, and counts as one column."""
    if len(ordered) > _MOST_LINES:
        return []
    pairs = []
    for at, line in enumerate(ordered):
        for other in takewhile(lambda other, end=line.bottom: other.top < end, ordered[at + 1 :]):  # type: ignore[misc]
            a, b = (line, other) if line.left < other.left else (other, line)
            if a.right < b.left and _is_beside(a, b):
                pairs.append((a, b))
    return pairs


def _is_beside(a: Line, b: Line) -> bool:
    return a.top < b.bottom and b.top < a.bottom and min(a.right - a.left, b.right - b.left) > 4 * a.size


def _side_by_side(lines: list[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.left):
        column = next((c for c in columns if _shares(line, c)), None)
        if column is None:
            columns.append([line])
        else:
            column.append(line)
    return [sorted(_rows(column), key=lambda line: line.top) for column in columns]


def _rows(column: list[Line]) -> list[Line]:
    """Pieces of one line, which a wide space divided, are one line."""
    rows: list[Line] = []
    for line in sorted(column, key=lambda line: (round(line.top), line.left)):
        last = rows[-1] if rows else None
        if last and abs(last.top - line.top) < 0.4 * line.size and line.left >= last.right - 1:
            rows[-1] = Line(
                f"{last.text} {line.text}", last.left, line.right, last.top, last.bottom, last.size, last.page_height
            )
        else:
            rows.append(line)
    return rows


def _shares(line: Line, column: list[Line]) -> bool:
    left, right = min(other.left for other in column), max(other.right for other in column)
    return min(right, line.right) - max(left, line.left) > _SAME_COLUMN * min(right - left, line.right - line.left)


def _overlap(a: Line, b: Line) -> float:
    return min(a.right, b.right) - max(a.left, b.left)


def _divided(lines: list[Line]) -> list[list[Line]]:
    """Paragraphs of one column: a larger gap, another size or an indent begins one."""
    if not lines:
        return []
    gaps = sorted(b.top - a.top for a, b in itertools.pairwise(lines) if b.top > a.top)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    left = min(line.left for line in lines)
    groups = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        if _begins(before, line, usual, left):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _begins(before: Line, line: Line, usual: float, left: float) -> bool:
    pitch = max(usual, 1.0 * line.size)
    if line.top - before.top > _GAP * pitch or abs(line.size - before.size) > 0.15 * before.size:
        return True
    is_indented = line.left - left > _INDENT * line.size and before.left - left < _INDENT * line.size
    return is_indented and line.left - left < 4 * line.size


def _goes_on(before: list[Line], after: list[Line]) -> bool:
    """A paragraph that runs over the end of a column or page."""
    last, first = before[-1], after[0]
    if abs(last.size - first.size) > 0.15 * last.size:
        return False
    return not last.text.endswith(_ENDS) and (first.text[:1].islower() or bool(_HYPHEN.search(last.text)))


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        if _HYPHEN.search(text) and line[:1].islower():
            text = _unhyphenated(text, line)
        else:
            text = f"{text} {line}" if not text.endswith(("-", "‐")) or text.endswith(" -") else text + line
    return " ".join(text.split())


def _unhyphenated(text: str, line: str) -> str:
    """`bro-` and `ken` are one word; `north-` and `east` keep the hyphen, and so does what has one already."""
    word = re.split(r"\s", text)[-1][:-1].lower().strip("“\"'(")
    return text + line if word in _PREFIXES or "-" in word else text[:-1] + line
