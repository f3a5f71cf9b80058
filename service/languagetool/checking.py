"""One call of an editor → one check, waited for up to the deadline, then forgotten."""

from contextlib import suppress

from factcheck.article import Article, Format
from factcheck.check import Check, CheckOptions, CheckRequest, Priority
from factcheck.errors import FactcheckError
from factcheck.settings import Settings
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Report
from service.api.long_poll import watched
from service.api.request_mapping import new_check
from service.context import owner, services, submit_check
from service.formats.registry import report_of
from service.languagetool.request import Wanted


def checked(wanted: Wanted) -> Report:
    """What is known by the deadline. The check is dropped then: its work ends, its text goes.

    What it found out until then the next call finds again, since verdicts are remembered. Raises `Busy`,
    `StoreUnavailable`.
    """
    if not wanted.text.read.strip():
        return _EMPTY
    house = services()
    order = _order(wanted, house.settings)
    check = submit_check(new_check(owner()), order, None)
    try:
        seen, _ = watched(check, house.settings.languagetool_deadline_s)
        return report_of(seen, order.article)
    finally:
        _forget(check)


def _order(wanted: Wanted, settings: Settings) -> CheckRequest:
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
    return CheckRequest(
        article, None, None, None, CheckOptions(settings.max_evidence, (), (), limit_s, Priority.INTERACTIVE)
    )


def _forget(check: Check) -> None:
    """Best effort: a check that stays behind expires by itself."""
    with suppress(FactcheckError):
        services().desk.drop(check.id, check.owner)


_EMPTY = Report((), (), Coverage(0, 0, 0, 0), CorpusInfo("", 0, None), EngineInfo("", "", ""))
