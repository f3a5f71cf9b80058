from redis import Redis

from factcheck import keys
from factcheck.check import Check, Problem, Status
from factcheck.settings import Settings
from factcheck.store.callbacks import RedisCallbackBox
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.ledger import RedisCheckLedger
from tests.builders import a_check, a_report, a_verdict, an_order

URL = "https://cms.example.org/hook"


def submitted(redis: Redis, url: str | None = URL) -> Check:
    return RedisCheckDesk(redis, Settings()).submit(a_check(), an_order(callback_url=url), None)


def over(redis: Redis, url: str | None = URL) -> Check:
    check, ledger = submitted(redis, url), RedisCheckLedger(redis, Settings())
    ledger.start(check.id, "x1")
    ledger.finish(check.id, "x1", a_report(a_verdict()))
    return check


def test_a_callback_is_due_as_soon_as_its_check_is_over(redis_client: Redis):
    box = RedisCallbackBox(redis_client)
    submitted(redis_client)
    assert box.take(60) is None
    check = over(redis_client)
    callback = box.take(60)
    assert callback is not None
    assert (callback.check.id, callback.url, callback.tries) == (check.id, URL, 0)
    assert (callback.check.status, len(callback.check.report.verdicts)) == (Status.FINISHED, 1)


def test_a_failed_check_has_its_callback_too(redis_client: Redis):
    check, ledger = submitted(redis_client), RedisCheckLedger(redis_client, Settings())
    ledger.start(check.id, "x1")
    ledger.fail(check.id, "x1", Problem("urn:x", "lost", "lost"))
    callback = RedisCallbackBox(redis_client).take(60)
    assert callback is not None
    assert callback.check.status is Status.FAILED


def test_without_an_address_or_after_a_cancellation_there_is_none(redis_client: Redis):
    over(redis_client, None)
    RedisCheckDesk(redis_client, Settings()).drop(submitted(redis_client).id, "desk")
    assert RedisCallbackBox(redis_client).take(60) is None


def test_what_one_process_holds_no_other_gets_until_its_lease_is_over(redis_client: Redis):
    over(redis_client)
    box = RedisCallbackBox(redis_client)
    assert box.take(0.0) is not None
    again = box.take(60)
    assert again is not None
    assert again.tries == 1
    assert box.take(60) is None


def test_what_is_settled_is_due_no_more_and_cannot_be_postponed(redis_client: Redis):
    check, box = over(redis_client), RedisCallbackBox(redis_client)
    box.settle(check.id)
    box.postpone(check.id, 0)
    assert box.take(60) is None


def test_what_is_postponed_is_due_later(redis_client: Redis):
    check, box = over(redis_client), RedisCallbackBox(redis_client)
    box.take(60)
    box.postpone(check.id, 30)
    assert box.take(60) is None
    box.postpone(check.id, 0)
    assert box.take(60) is not None


def test_a_check_that_was_forgotten_or_has_expired_has_no_callback(redis_client: Redis):
    forgotten, expired = over(redis_client), over(redis_client)
    RedisCheckDesk(redis_client, Settings()).drop(forgotten.id, "desk")
    redis_client.delete(keys.check(expired.id))
    assert RedisCallbackBox(redis_client).take(60) is None
    assert redis_client.zcard(keys.CALLBACKS) == 0


def test_a_check_whose_receiver_is_gone_calls_nobody_any_more(redis_client: Redis):
    check, box = over(redis_client), RedisCallbackBox(redis_client)
    redis_client.zadd(keys.CALLBACKS, {f"{check.id}:1": 0})  # a recheck of its article flipped a verdict
    box.disable(check.id)
    assert box.take(60) is None
    assert redis_client.zcard(keys.CALLBACKS) == 0
