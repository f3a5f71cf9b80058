"""Publication dates in ISO 8601, as articles and documents carry them."""

from datetime import date, datetime

from factcheck.errors import InvalidInput, InvalidInputDetail

_DAY_CHARS = len("2018-01-30")


def parse_published(raw: str, pointer: str) -> str:
    """The ISO form of a publication date or date-time.

    Raises: `InvalidInput` at `pointer` where `raw` is not a date.

    >>> parse_published("2018-01-30", "/article/published_at")
    '2018-01-30'
    """
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(raw.strip()).isoformat()
        except ValueError:
            continue
    raise InvalidInput(
        [InvalidInputDetail(pointer, f"{raw!r} is no date or date-time of ISO 8601, such as 2018-01-30")]
    )


def is_after(published_at: str | None, moment: str | None) -> bool:
    """True if `published_at` is later than `moment`. Compares days where one has no time, or one no time zone.

    >>> is_after("2018-02-09T10:00:00", "2018-02-09T09:00:00"), is_after("2018-02-09", "2018-02-09T09:00:00")
    (True, False)
    """
    if not published_at or not moment:
        return False
    published, limit = datetime.fromisoformat(published_at), datetime.fromisoformat(moment)
    is_exact = len(published_at) > _DAY_CHARS and len(moment) > _DAY_CHARS
    if is_exact and (published.tzinfo is None) == (limit.tzinfo is None):
        return published > limit
    return published.date() > limit.date()


def day_of(published_at: str | None) -> date | None:
    """The calendar day of a publication date or date-time, in its own time zone."""
    return datetime.fromisoformat(published_at).date() if published_at else None
