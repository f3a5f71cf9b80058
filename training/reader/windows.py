"""How a passage and a claim are written for the reader, in training: as the service does (`worker.models.reader_input`)."""

from datetime import date

from worker.models.reader_input import premise as window
from worker.models.reader_input import written_day as day

__all__ = ["claim_text", "day", "window"]


def claim_text(claim: str, written: date | None = None) -> str:
    """The hypothesis. `written`: the day of the claim's article; the service leaves it out."""
    return f"{day(written)}. {claim}" if written else claim
