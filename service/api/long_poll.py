"""Waiting for a check to be over, within the request's time and the process's places."""

from factcheck.check import Check
from factcheck.errors import ExpiredCheck, StoreUnavailable, UnknownCheck
from service.context import services


def watched(check: Check, wait_s: float | None) -> tuple[Check, bool]:
    """The check once it is over or the time has passed, and whether there was a place to wait in.

    What goes wrong meanwhile is not told: the client holds the check's address and can ask again.
    """
    if not wait_s or check.status.final:
        return check, bool(wait_s)
    house = services()
    try:
        with house.slots.taken() as got:
            if got:
                house.events.wait_until_done(check.id, min(wait_s, house.settings.wait_limit_s))
            return house.desk.get(check.id, check.owner), got
    except (StoreUnavailable, UnknownCheck, ExpiredCheck):
        return check, False
