"""What the processes of a service cost: processor seconds and memory, read from /proc. Linux only."""

import os
import time
from pathlib import Path

from bench.chaos.victims import command_line

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_POLL_S, _QUIET_S = 0.05, 1.5


def processor_s(pids: list[int]) -> float:
    """User and system seconds of the processes. Those that have ended count 0."""
    return sum(_processor_s(pid) for pid in pids)


def resident_mb(pid: int) -> float:
    """Resident memory in MB, shared pages included."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6


def descendants(pid: int) -> list[int]:
    """`pid` and all processes below it."""
    parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def workers(pid: int) -> list[int]:
    """The worker processes below a supervisor."""
    return [p for p in descendants(pid) if command_line(p).endswith("-m worker ")]


def settle(pid: int, limit_s: float = 3_600.0) -> float:
    """Waits until no thread of the processes below `pid` runs or wants to, as after an import. Returns the seconds waited.

    Counts states, not processor time: on a busy machine, a process of low priority may get none for seconds.
    """
    began = quiet_since = time.monotonic()
    while (now := time.monotonic()) < began + limit_s and now < quiet_since + _QUIET_S:
        if any(_wants_to_run(one) for one in descendants(pid)):
            quiet_since = time.monotonic()
        time.sleep(_POLL_S)
    return time.monotonic() - began


def _wants_to_run(pid: int) -> bool:
    try:
        return any(_state(task / "stat") in "RD" for task in Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return False


def _state(stat: Path) -> str:
    try:
        return stat.read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _processor_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
