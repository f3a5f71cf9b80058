from redis import Redis

from factcheck import redis_keys
from factcheck.check import Check, CheckStatus, Problem
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.webhook_outbox import RedisWebhookOutbox
from tests.builders import a_check, a_report, a_request, a_verdict

URL = "https://cms.example.org/hook"


def submitted(redis: Redis, url: str | None = URL) -> Check:
    return RedisCheckRepository(redis, Settings()).submit(a_check(), a_request(callback_url=url), None)


def over(redis: Redis, url: str | None = URL) -> Check:
    check, ledger = submitted(redis, url), RedisCheckExecution(redis, Settings())
    ledger.start(check.id, "x1")
    ledger.finish(check.id, "x1", a_report(a_verdict()))
    return check


def test_a_callback_is_due_as_soon_as_its_check_is_over(redis_client: Redis):
    box = RedisWebhookOutbox(redis_client)
    submitted(redis_client)
    assert box.take(60) is None
    check = over(redis_client)
    callback = box.take(60)
    assert callback is not None
    assert (callback.check.id, callback.url, callback.tries) == (check.id, URL, 0)
    assert (callback.check.status, len(callback.check.report.verdicts)) == (CheckStatus.FINISHED, 1)


def test_a_failed_check_has_its_callback_too(redis_client: Redis):
    check, ledger = submitted(redis_client), RedisCheckExecution(redis_client, Settings())
    ledger.start(check.id, "x1")
    ledger.fail(check.id, "x1", Problem("urn:x", "lost", "lost"))
    callback = RedisWebhookOutbox(redis_client).take(60)
    assert callback is not None
    assert callback.check.status is CheckStatus.FAILED


def test_without_an_address_or_after_a_cancellation_there_is_none(redis_client: Redis):
    over(redis_client, None)
    RedisCheckRepository(redis_client, Settings()).drop(submitted(redis_client).id, "desk")
    assert RedisWebhookOutbox(redis_client).take(60) is None


def test_what_one_process_holds_no_other_gets_until_its_lease_is_over(redis_client: Redis):
    over(redis_client)
    box = RedisWebhookOutbox(redis_client)
    assert box.take(0.0) is not None
    again = box.take(60)
    assert again is not None
    assert again.tries == 1
    assert box.take(60) is None


def test_what_is_settled_is_due_no_more_and_cannot_be_postponed(redis_client: Redis):
    check, box = over(redis_client), RedisWebhookOutbox(redis_client)
    box.settle(check.id)
    box.postpone(check.id, 0)
    assert box.take(60) is None


def test_what_is_postponed_is_due_later(redis_client: Redis):
    check, box = over(redis_client), RedisWebhookOutbox(redis_client)
    box.take(60)
    box.postpone(check.id, 30)
    assert box.take(60) is None
    box.postpone(check.id, 0)
    assert box.take(60) is not None


def test_a_check_that_was_forgotten_or_has_expired_has_no_callback(redis_client: Redis):
    forgotten, expired = over(redis_client), over(redis_client)
    RedisCheckRepository(redis_client, Settings()).drop(forgotten.id, "desk")
    redis_client.delete(redis_keys.check(expired.id))
    assert RedisWebhookOutbox(redis_client).take(60) is None
    assert redis_client.zcard(redis_keys.CALLBACKS) == 0


def test_a_check_whose_receiver_is_gone_calls_nobody_any_more(redis_client: Redis):
    check, box = over(redis_client), RedisWebhookOutbox(redis_client)
    redis_client.zadd(redis_keys.CALLBACKS, {f"{check.id}:1": 0})  # a recheck of its article flipped a verdict
    box.disable(check.id)
    assert box.take(60) is None
    assert redis_client.zcard(redis_keys.CALLBACKS) == 0
