"""Long poll: waits for a check to finish, bounded by time and by the slots of the process."""

from factcheck.check import Check
from factcheck.errors import ExpiredCheck, StoreUnavailable, UnknownCheck
from service.context import services


def wait_until_done(check: Check, wait_s: float | None) -> tuple[Check, bool]:
    """The check after it finished or `wait_s` passed, and whether a slot was free.

    Errors while waiting are swallowed and return the check as it was: the client has its URL and can read it again.
    """
    if not wait_s or check.status.final:
        return check, bool(wait_s)
    context = services()
    try:
        with context.slots.taken() as got:
            if got:
                context.events.wait_until_done(check.id, min(wait_s, context.settings.wait_limit_s))
            return context.checks.get(check.id, check.owner), got
    except (StoreUnavailable, UnknownCheck, ExpiredCheck):
        return check, False
