"""Step 6: the article against itself."""

from collections.abc import Sequence

from factcheck.verdict import InternalConflict
from worker.statement import Line, Statement


def compare_inside(lines: Sequence[Line], statements: Sequence[Statement]) -> list[InternalConflict]:
    """Contradictions between two places of the article."""
    return []
