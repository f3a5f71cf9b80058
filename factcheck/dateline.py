"""ISO 8601 dates of publication, as articles and documents carry them."""

from datetime import date, datetime

from factcheck.errors import Detail, InvalidInput


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


def day_of(published_at: str | None) -> date | None:
    """The calendar day of a publication date or date-time, in the time zone it was written in."""
    return datetime.fromisoformat(published_at).date() if published_at else None
