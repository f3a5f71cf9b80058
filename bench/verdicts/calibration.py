"""Is a stated confidence of 0.9 right nine times in ten? Expected calibration error (Naeini et al. 2015), ten bins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

_BINS = 10
_FOLDS = 5
# Every fold learns from this many pairs at the least; fewer say nothing.
_LEAST = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One labelled claim: the confidence of the verdict on it, and whether its label was right."""

    case: str
    confidence: float
    right: bool


def said_of(scorer: ModuleType, cases: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> list[Said]:
    """Every labelled claim that a verdict of the report touches, with the verdict that counts for it."""
    return [said for case in cases for said in _of_case(scorer, case, reports.get(case["id"]) or {})]


def _of_case(scorer: ModuleType, case: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[Said]:
    for expected in case["expect"]:
        want = scorer.locate(case["article"], expected["sentence"])
        label, _ = scorer.predict(report, want)
        sure = [
            c["confidence"]
            for c, span, _ in scorer.spans(report)
            if c["label"] == label and _touches(scorer, span, want)
        ]
        if sure:
            yield Said(case["id"], max(sure), label == expected["label"])


def _touches(scorer: ModuleType, span: tuple[str, int, int], want: tuple[str, int, int]) -> bool:
    shorter = min(span[2] - span[1], want[2] - want[1])
    return bool(scorer.shared(span, want) * 2 >= shorter)


def calibration_error(said: Sequence[Said]) -> float:
    """The mean gap between confidence and share of right labels over ten equal bins, weighted by their size."""
    bins: dict[int, list[Said]] = {}
    for one in said:
        bins.setdefault(min(_BINS - 1, int(one.confidence * _BINS)), []).append(one)
    return sum(len(some) * _gap(some) for some in bins.values()) / max(1, len(said))


def _gap(said: Sequence[Said]) -> float:
    confidence = sum(one.confidence for one in said) / len(said)
    return abs(confidence - sum(one.right for one in said) / len(said))


def cross_validated(said: Sequence[Said]) -> float:
    """The error where confidence is mapped to share of right labels as four fifths of the cases teach it."""
    cases = sorted({one.case for one in said})
    mapped: list[Said] = []
    for fold in range(_FOLDS):
        held = set(cases[fold::_FOLDS])
        learned = [one for one in said if one.case not in held]
        if len(learned) < _LEAST:
            return calibration_error(said)
        steps = isotonic(learned)
        mapped += [Said(one.case, _at(steps, one.confidence), one.right) for one in said if one.case in held]
    return calibration_error(mapped)


def isotonic(said: Sequence[Said]) -> list[tuple[float, float]]:
    """(confidence from which on, share right): the best rising steps, by pooling adjacent violators (Ayer et al. 1955)."""
    blocks: list[tuple[float, float, int]] = []
    for one in sorted(said, key=lambda s: s.confidence):
        blocks.append((one.confidence, float(one.right), 1))
        while len(blocks) > 1 and _breaks(blocks[-2], blocks[-1]):
            (start, a, n), (_, b, m) = blocks[-2:]
            blocks[-2:] = [(start, a + b, n + m)]
    return [(start, right / count) for start, right, count in blocks]


def _breaks(lower: tuple[float, float, int], upper: tuple[float, float, int]) -> bool:
    return lower[1] / lower[2] >= upper[1] / upper[2] or lower[0] == upper[0]


def _at(steps: Sequence[tuple[float, float]], confidence: float) -> float:
    reached = [share for start, share in steps if start <= confidence]
    return reached[-1] if reached else steps[0][1]
