"""The measures, their goals and the floors below which a change is not taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the table. `up` is True if more is better; `scale` 100 shows a share in percent."""

    key: str
    title: str
    goal: float
    floor: float
    up: bool
    scale: float
    unit: str

    def mark(self, value: float) -> str:
        """ "goal", "floor" or "below"."""
        if self._reaches(value, self.goal):
            return "goal"
        return "floor" if self._reaches(value, self.floor) else "below"

    def _reaches(self, value: float, bar: float) -> bool:
        return value >= bar - 1e-9 if self.up else value <= bar + 1e-9

    def shown(self, value: float) -> str:
        """A figure as the table has it."""
        return f"{value * self.scale:.{2 if self.scale == 1 and not self.unit else 1}f}{self.unit}"


GOALS = (
    Goal("macro_f1", "macro-F1 over the five labels", 0.75, 0.46, True, 1, ""),
    Goal("passed", "errors passed as supported", 0.04, 0.14, False, 100, " %"),
    Goal("false_alarms", "false alarm rate", 0.02, 0.04, False, 100, " %"),
    Goal("alarm_recall", "alarm recall", 0.80, 0.38, True, 100, " %"),
    Goal("kind", "kind right where contradicted", 0.90, 0.75, True, 100, " %"),
    Goal("pooled_f1", "pooled: macro-F1 lost", 0.02, 0.04, False, 100, " pts"),
    Goal("pooled_passed", "pooled: more errors passed as supported", 0.02, 0.04, False, 100, " pts"),
    Goal("pooled_false", "pooled: more false alarms", 0.02, 0.04, False, 100, " pts"),
    Goal("pooled_recall", "pooled: alarm recall lost", 0.02, 0.04, False, 100, " pts"),
    Goal("pooled_kind", "pooled: kind accuracy lost", 0.02, 0.04, False, 100, " pts"),
    Goal("planted", "planted errors found in real articles", 0.90, 0.80, True, 100, " %"),
    Goal("stray", "stray alarms per 100 claims, clean real articles", 0.5, 1.5, False, 1, ""),
    Goal("inside_found", "internal conflicts found", 1.0, 0.6, True, 100, " %"),
    Goal("inside_false", "internal conflicts said falsely", 0.0, 1.0, False, 1, ""),
    Goal("inside_clean", "internal conflicts said, clean real articles", 0.0, 1.0, False, 1, ""),
    Goal("calibration", "calibration error, cross-validated by case", 0.04, 0.08, False, 1, ""),
)


def table(values: Mapping[str, float], goals: Sequence[Goal] = GOALS) -> str:
    """Markdown; a row for every measure that was taken."""
    rows = ["| measure | value | goal | floor | reached |", "|---|---|---|---|---|"]
    for goal in goals:
        if goal.key in values:
            value = values[goal.key]
            cells = (goal.title, *(goal.shown(x) for x in (value, goal.goal, goal.floor)), goal.mark(value))
            rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)
