import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.errors import ExpiredCheck, UnknownCheck
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from tests.builders import a_check, a_report, a_request, a_verdict, an_article

ARTICLE = an_article(text="A lone \ud800 and a 😀.", title="Title", published_at="2018-02-01", language="en")


@pytest.fixture
def desk(redis_client: Redis) -> RedisCheckRepository:
    return RedisCheckRepository(redis_client, Settings(check_lifetime_s=60))


@pytest.fixture
def ledger(redis_client: Redis) -> RedisCheckExecution:
    return RedisCheckExecution(redis_client, Settings(check_lifetime_s=60))


@pytest.fixture
def drafts(redis_client: Redis) -> RedisArticles:
    return RedisArticles(redis_client)


def test_an_article_can_be_read_while_its_check_waits_runs_and_after(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, drafts: RedisArticles, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(article=ARTICLE), None)
    assert drafts.article(check.id, "desk") == ARTICLE
    ledger.start(check.id, "x1")
    assert redis_client.ttl(redis_keys.check_article(check.id)) == -1
    ledger.finish(check.id, "x1", a_report(a_verdict()))
    assert drafts.article(check.id, "desk") == ARTICLE
    assert 0 < redis_client.ttl(redis_keys.check_article(check.id)) <= 60


def test_a_cancelled_check_keeps_its_article_for_as_long_as_its_verdicts(
    desk: RedisCheckRepository, drafts: RedisArticles, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(article=ARTICLE), None)
    desk.drop(check.id, "desk")
    assert drafts.article(check.id, "desk") == ARTICLE
    assert 0 < redis_client.ttl(redis_keys.check_article(check.id)) <= 60
    assert not redis_client.exists(redis_keys.check_order(check.id))


def test_a_check_that_is_to_be_forgotten_loses_its_article_at_once(
    desk: RedisCheckRepository, drafts: RedisArticles, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(article=ARTICLE), None)
    desk.drop(check.id, "desk", forget=True)
    with pytest.raises(ExpiredCheck):
        drafts.article(check.id, "desk")
    assert not redis_client.exists(redis_keys.check_article(check.id))


def test_a_check_that_is_dropped_after_its_end_takes_its_article_along(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, drafts: RedisArticles, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(article=ARTICLE), None)
    ledger.start(check.id, "x1")
    ledger.finish(check.id, "x1", a_report())
    desk.drop(check.id, "desk")
    with pytest.raises(ExpiredCheck):
        drafts.article(check.id, "desk")
    assert not redis_client.exists(redis_keys.check_article(check.id))


def test_an_article_of_another_owner_is_unknown(desk: RedisCheckRepository, drafts: RedisArticles):
    check = desk.submit(a_check(), a_request(article=ARTICLE), None)
    with pytest.raises(UnknownCheck):
        drafts.article(check.id, "somebody else")
    with pytest.raises(UnknownCheck):
        drafts.article("never", "desk")
