"""Times as clients and Redis see them: ISO 8601 in UTC with milliseconds, `2018-01-30T09:00:00.000Z`."""

import time
from datetime import UTC, datetime


def timestamp(at_s: float | None = None) -> str:
    """The time `at_s` (seconds since 1970), by default the current one."""
    return iso_utc(datetime.fromtimestamp(time.time() if at_s is None else at_s, UTC))


def iso_utc(moment: datetime) -> str:
    """A date-time in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(moment: str) -> int:
    """Milliseconds since 1970 of an ISO 8601 date-time. A time without zone is UTC."""
    parsed = datetime.fromisoformat(moment)
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() * 1000)
