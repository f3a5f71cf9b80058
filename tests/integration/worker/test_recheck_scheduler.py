"""Watched articles against a real store. The checker is played by the test: what is under test is when it is asked."""

from dataclasses import replace

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.check import Check, CheckStatus, Problem
from factcheck.errors import ExpiredCheck, TooManyWatched
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from factcheck.store.watch_list import RedisRecheckStates, RedisWatchList
from factcheck.store.webhook_outbox import RedisWebhookOutbox
from factcheck.timestamps import epoch_ms
from factcheck.verdict import CorpusInfo, Coverage, Label, Report
from factcheck.watch import Watch
from tests.builders import a_check, a_document, a_report, a_request, a_verdict
from tests.unit.service.formats.samples import evidence
from worker.process.recheck_scheduler import AT_ONCE, NAME, PATIENCE, RecheckPorts, RecheckScheduler

CLAIM = "The ceremony opens on Friday."
FOREVER = Watch("2999-01-01T00:00:00.000Z", 0, None, ())
QUIET_S = 10.0
PROBLEM = Problem("urn:x", "lost", "lost")


class House:
    """Service, workers and corpus over one server, with a clock that the test moves."""

    def __init__(self, redis: Redis, settings: Settings | None = None) -> None:
        self.redis, self.settings, self.now_s = redis, settings or Settings(), 1_000_000.0
        self.desk = RedisCheckRepository(redis, self.settings)
        self.ledger = RedisCheckExecution(redis, self.settings)
        self.documents = RedisDocumentStore(redis)
        self.changelog = RedisChangelog(redis)
        self.rounds = RedisRecheckStates(redis)
        self.watcher = self.a_watcher("w1")

    def a_watcher(self, name: str) -> RecheckScheduler:
        desks = RecheckPorts(RedisWatchList(self.redis, name), self.rounds, self.changelog, self.desk)
        return RecheckScheduler(desks, QUIET_S, lambda: self.now_s)

    def handed_in(self, url: str | None = None, watch: Watch | None = FOREVER) -> Check:
        return self.desk.submit(a_check(watch=watch), a_request(callback_url=url), None)

    def watched(self, label: Label = Label.UNVERIFIED, url: str | None = None, watch: Watch = FOREVER) -> Check:
        """An article that was checked, and that the watcher has seen."""
        check = self.handed_in(url, watch)
        self.finish(check.id, self.report(label))
        self.watcher.step()
        return check

    def report(self, label: Label, text: str = CLAIM) -> Report:
        """As the checker would write it now."""
        report = a_report(a_verdict(text=text, label=label))
        return replace(report, corpus=CorpusInfo(str(self.changelog.position()), 1, None))

    def finish(self, check_id: str, report: Report) -> None:
        self.ledger.start(check_id, "x1")
        self.ledger.finish(check_id, "x1", report)

    def arrives(self, text: str = "The ceremony opens on Thursday.", document_id: str = "d1") -> None:
        self.documents.put(a_document(document_id, text))

    def goes_on(self, seconds: float = QUIET_S) -> None:
        """Twice: what is read in one step may be due at the end of it."""
        self.watcher.step()
        self.now_s += seconds
        self.watcher.step()

    def rechecks(self) -> list[str]:
        """Those under way."""
        return [check.id for check in self.desk.page(NAME, None, None, 50).items if not check.status.final]

    def answer(self, label: Label) -> None:
        """A worker takes the one recheck, and the watcher hears of it."""
        [recheck] = self.rechecks()
        self.finish(recheck, self.report(label))
        self.watcher.step()

    def seen(self, check: Check) -> Check:
        return self.desk.get(check.id, check.owner)


@pytest.fixture
def house(redis_client: Redis) -> House:
    return House(redis_client)


def test_a_document_that_touches_a_claim_has_the_article_checked_again(house: House):
    check = house.watched(Label.UNVERIFIED)
    house.arrives()
    house.goes_on()
    house.answer(Label.CONTRADICTED)
    seen = house.seen(check)
    assert seen.report is not None
    assert seen.watch is not None
    [flip] = seen.watch.flips
    assert (flip.claim_id, flip.before, flip.after, flip.recheck) == ("c1", Label.UNVERIFIED, Label.CONTRADICTED, 1)
    assert [verdict.label for verdict in seen.report.verdicts] == [Label.CONTRADICTED]
    assert (seen.status, seen.watch.rechecks) == (CheckStatus.FINISHED, 1)
    assert seen.revision > check.revision


def test_a_document_that_touches_no_claim_does_not(house: House):
    house.watched()
    house.arrives("Snow fell on the harbour.")
    house.goes_on()
    assert house.rechecks() == []


def test_an_article_that_nobody_watches_is_left_alone(house: House):
    check = house.handed_in(watch=None)
    house.finish(check.id, house.report(Label.UNVERIFIED))
    house.watcher.step()
    house.arrives()
    house.goes_on()
    assert house.rechecks() == []
    assert house.seen(check).watch is None


@pytest.mark.parametrize("change", ["replaced", "removed"])
def test_evidence_that_changes_or_goes_touches_the_article(house: House, change: str):
    house.watched()
    house.arrives()
    house.goes_on()
    [recheck] = house.rechecks()
    report = house.report(Label.CONTRADICTED)
    house.finish(recheck, _with_evidence(report, "d1"))
    house.watcher.step()
    house.arrives("Something else altogether.") if change == "replaced" else house.documents.remove("d1")
    house.goes_on()
    assert len(house.rechecks()) == 1


def _with_evidence(report: Report, document_id: str) -> Report:
    return replace(
        report, verdicts=tuple(replace(v, evidence=(evidence(document_id=document_id),)) for v in report.verdicts)
    )


def test_while_a_large_import_runs_it_waits_for_quiet_but_not_for_ever(house: House):
    house.watched()
    waited = 0.0
    while not house.rechecks():
        house.arrives(document_id=f"d{waited}")
        house.watcher.step()
        house.now_s += QUIET_S / 2
        waited += QUIET_S / 2
    assert QUIET_S < waited <= PATIENCE * QUIET_S + QUIET_S / 2


def test_a_hundred_documents_at_once_are_one_recheck(house: House):
    check = house.watched()
    house.documents.put_many([a_document(f"d{n}", CLAIM) for n in range(500)])
    for _ in range(4):
        house.watcher.step()
    house.goes_on()
    house.answer(Label.SUPPORTED)
    house.goes_on()
    assert house.rechecks() == []
    assert house.seen(check).watch.rechecks == 1


def test_what_came_while_it_was_checked_again_is_looked_at_after(house: House):
    house.watched()
    house.arrives()
    house.goes_on()
    [first] = house.rechecks()
    report = house.report(Label.SUPPORTED)
    house.arrives(document_id="d2")
    house.watcher.step()
    house.finish(first, report)
    house.goes_on()
    [second] = house.rechecks()
    assert second != first


def test_what_the_last_recheck_has_seen_is_no_reason_for_another(house: House):
    house.watched()
    house.arrives()
    house.goes_on()
    house.arrives(document_id="d2")
    house.answer(Label.SUPPORTED)
    house.goes_on()
    assert house.rechecks() == []


def test_what_came_while_the_article_was_checked_for_the_first_time_is_looked_at(house: House):
    check = house.handed_in()
    report = house.report(Label.UNVERIFIED)
    house.watched()  # another one, so that the corpus is followed
    house.arrives("Snow fell on the harbour.")
    house.watcher.step()
    house.finish(check.id, report)
    house.goes_on()
    assert len(house.rechecks()) == 1


def test_a_restart_loses_nothing_and_repeats_nothing(house: House):
    check = house.watched()
    house.watcher = house.a_watcher("w1")
    house.goes_on()
    assert house.rechecks() == []
    house.arrives()
    house.watcher = house.a_watcher("w1")
    house.goes_on()
    [recheck] = house.rechecks()
    house.watcher = house.a_watcher("w1")
    house.watcher.step()
    house.finish(recheck, house.report(Label.CONTRADICTED))
    house.watcher = house.a_watcher("w1")
    house.watcher.step()
    assert house.seen(check).watch.rechecks == 1


def test_one_process_follows_at_a_time_and_another_takes_over_when_it_is_gone(house: House):
    house.watched()
    house.arrives()
    other = house.a_watcher("w2")
    assert not other.step()
    house.redis.delete(redis_keys.WATCH_LEASE)
    house.watcher = other
    house.goes_on()
    assert len(house.rechecks()) == 1


def test_where_the_changes_are_gone_every_article_is_checked_again(house: House):
    house.watched()
    house.watched()
    house.redis.set(redis_keys.CORPUS_EPOCH, "abcdef")
    house.goes_on()
    assert len(house.rechecks()) == 2


def test_rechecks_never_fill_the_queue(house: House):
    for _ in range(AT_ONCE + 3):
        house.watched()
    house.arrives()
    house.goes_on()
    assert len(house.rechecks()) == AT_ONCE
    for recheck in house.rechecks():
        house.finish(recheck, house.report(Label.SUPPORTED))
    house.watcher.step()
    assert len(house.rechecks()) == 3


def test_a_recheck_that_failed_leaves_the_report_as_it_was(house: House):
    check = house.watched(Label.SUPPORTED)
    house.arrives()
    house.goes_on()
    [recheck] = house.rechecks()
    house.ledger.start(recheck, "x1")
    house.ledger.fail(recheck, "x1", PROBLEM)
    house.goes_on()
    assert house.rechecks() == []
    assert [v.label for v in house.seen(check).report.verdicts] == [Label.SUPPORTED]
    assert house.seen(check).watch.rechecks == 0
    house.arrives(document_id="d2")
    house.goes_on()
    assert len(house.rechecks()) == 1


def test_a_recheck_that_got_less_far_changes_nothing(house: House):
    check = house.watched(Label.SUPPORTED)
    house.arrives()
    house.goes_on()
    [recheck] = house.rechecks()
    house.finish(recheck, replace(house.report(Label.DISPUTED), coverage=Coverage(3, 1, 0, 2)))
    house.watcher.step()
    assert [v.label for v in house.seen(check).report.verdicts] == [Label.SUPPORTED]


def test_a_recheck_that_the_store_lost_is_begun_anew(house: House):
    house.watched()
    house.arrives()
    house.goes_on()
    [lost] = house.rechecks()
    house.desk.drop(lost, NAME)
    house.desk.drop(lost, NAME)
    house.goes_on()
    [again] = house.rechecks()
    assert again != lost


def test_flips_are_called_back_each_recheck_once(house: House):
    check, box = house.watched(url="https://cms.example.org/hook"), RedisWebhookOutbox(house.redis)
    first = box.take(60)
    assert first is not None
    assert (first.id, first.recheck, first.flips) == (check.id, None, ())
    box.settle(first.id)
    house.arrives()
    house.goes_on()
    house.answer(Label.CONTRADICTED)
    told = box.take(60)
    assert told is not None
    assert (told.id, told.url, told.tries) == (f"{check.id}:1", "https://cms.example.org/hook", 0)
    assert [(flip.before, flip.after) for flip in told.flips] == [(Label.UNVERIFIED, Label.CONTRADICTED)]
    box.settle(told.id)
    assert box.take(60) is None


def test_a_recheck_that_flipped_nothing_is_not_called_back(house: House):
    check, box = house.watched(Label.SUPPORTED, "https://cms.example.org/hook"), RedisWebhookOutbox(house.redis)
    box.settle(check.id)
    house.arrives()
    house.goes_on()
    house.answer(Label.SUPPORTED)
    assert box.take(60) is None
    assert house.seen(check).watch.rechecks == 1


def test_a_deleted_check_is_watched_no_more_and_its_recheck_goes_with_it(house: House):
    check = house.watched()
    house.arrives()
    house.goes_on()
    [recheck] = house.rechecks()
    house.desk.drop(check.id, check.owner)
    house.watcher.step()
    with pytest.raises(ExpiredCheck):
        RedisArticles(house.redis).article(recheck, NAME)
    house.watcher.step()
    left = {key.decode().rpartition(":")[2] for key in house.redis.keys(f"factcheck:check:{check.id}*")}
    assert left == {"grave"}
    assert house.rounds.load() == {}
    assert house.redis.zcard(redis_keys.WATCHES) == 0


def test_a_watch_ends_with_its_time(house: House):
    over = replace(FOREVER, until="2018-01-01T00:00:00.000Z")
    check = house.watched(watch=over)
    house.arrives()
    house.goes_on()
    assert house.rechecks() == []
    assert house.rounds.load() == {}
    assert house.seen(check).watch == over


def test_a_watched_check_outlives_others_by_its_watch(house: House):
    watch = replace(FOREVER, until="2030-01-01T00:00:00.000Z")
    check = house.watched(watch=watch)
    left_s = house.redis.ttl(redis_keys.check(check.id))
    now_s = house.redis.time()[0]
    assert left_s == pytest.approx(epoch_ms(watch.until) / 1000 - now_s + house.settings.check_lifetime_s, abs=5)
    for key in (
        redis_keys.check_order(check.id),
        redis_keys.check_verdicts(check.id),
        redis_keys.check_article(check.id),
    ):
        assert house.redis.ttl(key) == pytest.approx(left_s, abs=5)
    house.arrives()
    house.goes_on()
    house.answer(Label.SUPPORTED)
    assert house.redis.ttl(redis_keys.check_verdicts(check.id)) == pytest.approx(left_s, abs=5)


def test_no_more_articles_are_watched_than_may_be(redis_client: Redis):
    house = House(redis_client, Settings(watch_limit=1))
    check = house.handed_in()
    with pytest.raises(TooManyWatched):
        house.handed_in()
    house.handed_in(watch=None)
    house.desk.drop(check.id, check.owner)
    house.handed_in()


def test_a_check_that_failed_is_not_watched(house: House):
    check = house.handed_in()
    house.ledger.start(check.id, "x1")
    house.ledger.fail(check.id, "x1", PROBLEM)
    assert house.seen(check).watch is None
    assert house.redis.zcard(redis_keys.WATCHES) == 0


def test_the_changelog_keeps_what_the_watcher_has_not_read(house: House):
    house.watched()
    house.arrives()
    before = house.changelog.position()
    house.arrives(document_id="d2")
    house.changelog.commit("an index", house.changelog.position())
    house.goes_on()
    assert len(house.rechecks()) == 1
    assert house.redis.hget(redis_keys.CORPUS_READERS, NAME) is not None
    assert house.rounds.position().reached(before)
