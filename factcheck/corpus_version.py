"""Version of the corpus: a position in its changelog."""

import re
from dataclasses import dataclass

_FORM = re.compile(r"([0-9a-f]+):(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class CorpusVersion:
    """Position after one change. `epoch` names the corpus, `ms` is the change's time since 1970, `serial` orders equal times.

    >>> str(CorpusVersion.parse("1f2e:1517302800000-0"))
    '1f2e:1517302800000-0'
    """

    epoch: str
    ms: int
    serial: int

    @classmethod
    def parse(cls, raw: str) -> "CorpusVersion":
        """Inverse of `str`.

        Raises: `ValueError` where `raw` is not a position.
        """
        match = _FORM.fullmatch(raw)
        if not match:
            raise ValueError(f"{raw!r} is no position")
        return cls(match[1], int(match[2]), int(match[3]))

    def __str__(self) -> str:
        return f"{self.epoch}:{self.ms}-{self.serial}"

    def reached(self, other: "CorpusVersion") -> bool:
        """True if both positions are of the same corpus and `other` is not later than this one."""
        return self.epoch == other.epoch and (self.ms, self.serial) >= (other.ms, other.serial)

    def behind_s(self, newest: "CorpusVersion") -> float:
        """Seconds between this change and `newest`: 0 at the newest, infinite for another corpus."""
        if self.reached(newest):
            return 0.0
        return (newest.ms - self.ms) / 1000 if self.epoch == newest.epoch else float("inf")
