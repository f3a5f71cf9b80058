"""Small readings of a sentence that several rules share."""

from worker.statement import Line


def proper_names(line: Line) -> set[str]:
    """The words of a sentence that name somebody or something."""
    return {t.text.removesuffix("’s").removesuffix("'s") for t in line.parsed.tokens if t.pos == "PROPN"}
