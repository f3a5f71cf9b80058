"""ISO 8601 dates of publication, as articles and documents carry them."""

from datetime import date, datetime

from factcheck.errors import Detail, InvalidInput

_DAY_CHARS = len("2018-01-30")


def parse_published(raw: str, pointer: str) -> str:
    """The ISO form of a publication date or date-time, or `InvalidInput` at `pointer`.

    >>> parse_published("2018-01-30", "/article/published_at")
    '2018-01-30'
    """
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(raw.strip()).isoformat()
        except ValueError:
            continue
    raise InvalidInput([Detail(pointer, f"{raw!r} is no date or date-time of ISO 8601, such as 2018-01-30")])


def is_after(published_at: str | None, moment: str | None) -> bool:
    """True where it was published later than that moment, as far as both say: a day against an hour of it is not later.

    >>> is_after("2018-02-09T10:00:00", "2018-02-09T09:00:00"), is_after("2018-02-09", "2018-02-09T09:00:00")
    (True, False)
    """
    if not published_at or not moment:
        return False
    told, limit = datetime.fromisoformat(published_at), datetime.fromisoformat(moment)
    is_exact = len(published_at) > _DAY_CHARS and len(moment) > _DAY_CHARS
    if is_exact and (told.tzinfo is None) == (limit.tzinfo is None):
        return told > limit
    return told.date() > limit.date()


def day_of(published_at: str | None) -> date | None:
    """The calendar day of a publication date or date-time, in the time zone it was written in."""
    return datetime.fromisoformat(published_at).date() if published_at else None
