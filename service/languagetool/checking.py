"""One call of an editor → one check, waited for up to the deadline, then forgotten."""

from contextlib import suppress

from factcheck.article import Article, Format
from factcheck.check import Check, Options, Order, Priority
from factcheck.errors import FactcheckError
from factcheck.settings import Settings
from factcheck.verdict import CorpusState, Coverage, EngineState, Report
from service.backends import backends, hand_in, owner
from service.dispatch import new_check
from service.languagetool.request import Wanted
from service.shapes.registry import report_of
from service.watching import watched


def checked(wanted: Wanted) -> Report:
    """What is known by the deadline. The check is dropped then: its work ends, its text goes.

    What it found out until then the next call finds again, since verdicts are remembered. Raises `Busy`,
    `StoreUnavailable`.
    """
    if not wanted.text.read.strip():
        return _EMPTY
    house = backends()
    order = _order(wanted, house.settings)
    check = hand_in(new_check(owner()), order, None)
    try:
        seen, _ = watched(check, house.settings.languagetool_deadline_s)
        return report_of(seen, order.article)
    finally:
        _forget(check)


def _order(wanted: Wanted, settings: Settings) -> Order:
    article = Article(
        text=wanted.text.read,
        title=None,
        published_at=wanted.published_at,
        source=None,
        url=None,
        language=wanted.language.code,
        format=Format.TEXT,
    )
    limit_s = min(settings.languagetool_deadline_s, settings.check_time_limit_s)
    return Order(article, None, None, None, Options(settings.max_evidence, (), (), limit_s, Priority.INTERACTIVE))


def _forget(check: Check) -> None:
    """Best effort: a check that stays behind expires by itself."""
    with suppress(FactcheckError):
        backends().desk.drop(check.id, check.owner)


_EMPTY = Report((), (), Coverage(0, 0, 0, 0), CorpusState("", 0, None), EngineState("", "", ""))
