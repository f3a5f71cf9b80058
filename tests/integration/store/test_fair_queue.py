"""Who is next: interactive checks ahead of batches, keys in turns."""

from dataclasses import replace

import pytest
from redis import Redis

from factcheck.api_keys import LOCAL_OWNER
from factcheck.check import CheckStatus, Priority
from factcheck.errors import Busy, RateLimited
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue import open_queue
from tests.builders import a_check, a_request


class Hall:
    """Submits checks under short names, and takes them as workers do."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self.desk = RedisCheckRepository(client, settings)
        self.lanes = FairQueue(client)
        self.queue = open_queue(client)

    def submit(self, name: str, owner: str = "a", priority: Priority = Priority.BATCH) -> None:
        options = replace(a_request().options, priority=priority)
        self.desk.submit(a_check(id=name, owner=owner), a_request(options=options), None)

    def take(self) -> str:
        taken = self.queue.connection.lmove(self.queue.key, "shelf")
        name = taken.decode() if taken else ""
        self.lanes.feed(taken=name)
        return name

    def take_all(self) -> list[str]:
        return list(iter(self.take, ""))


@pytest.fixture
def hall(redis_client: Redis) -> Hall:
    return Hall(redis_client, Settings())


def test_of_one_owner_the_first_comes_first(hall: Hall):
    for name in "123":
        hall.submit(name)
    assert hall.take_all() == ["1", "2", "3"]


def test_owners_take_turns(hall: Hall):
    for name in ("a1", "a2", "a3", "a4"):
        hall.submit(name, owner="a")
    for name in ("b1", "b2"):
        hall.submit(name, owner="b")
    hall.submit("c1", owner="c")
    assert hall.take_all() == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]


def test_interactive_checks_go_ahead_of_batches_even_of_one_that_stands_ready(hall: Hall):
    for name in ("b1", "b2"):
        hall.submit(name)
    hall.submit("i1", priority=Priority.INTERACTIVE)
    hall.submit("i2", owner="other", priority=Priority.INTERACTIVE)
    assert hall.take_all() == ["i1", "i2", "b1", "b2"]


def test_a_batch_gets_a_turn_after_four_interactive_checks(hall: Hall):
    for number in range(6):
        hall.submit(f"i{number}", priority=Priority.INTERACTIVE)
    for name in ("b1", "b2"):
        hall.submit(name)
    taken = hall.take_all()
    assert taken.index("b1") == 4
    assert taken[-1] == "b2"


def test_a_check_that_is_tried_again_keeps_its_place_before_batches(hall: Hall):
    for name in ("b1", "b2"):
        hall.submit(name)
    hall.take()
    hall.queue.push_job_id("b1", at_front=True)
    assert hall.take_all() == ["b1", "b2"]


def test_a_cancelled_check_leaves_its_lane_and_its_job_goes(hall: Hall, redis_client: Redis):
    for name in ("b1", "b2", "b3"):
        hall.submit(name)
    hall.desk.drop("b2", "a")
    assert hall.desk.get("b2", "a").status is CheckStatus.CANCELLED
    assert not redis_client.exists("rq:job:b2")
    assert hall.take_all() == ["b1", "b3"]


def test_the_lanes_of_a_hundred_owners_leave_nothing_behind(hall: Hall, redis_client: Redis):
    for number in range(100):
        hall.submit(f"x{number}", owner=f"owner {number}")
    assert len(hall.take_all()) == 100
    assert redis_client.keys("factcheck:lane:*") == redis_client.keys("factcheck:lanes:*") == []


def test_one_key_cannot_fill_the_queue_for_the_others(redis_client: Redis):
    hall = Hall(redis_client, Settings(queue_limit_per_key=2, queue_limit=6))
    for name in ("a1", "a2", "a3"):  # one stands ready
        hall.submit(name, owner="a")
    with pytest.raises(RateLimited):
        hall.submit("a4", owner="a")
    hall.submit("b1", owner="b")


def test_where_no_keys_are_asked_for_the_whole_queue_is_everybody_s(redis_client: Redis):
    hall = Hall(redis_client, Settings(queue_limit_per_key=1, queue_limit=3))
    for name in ("1", "2", "3"):
        hall.submit(name, owner=LOCAL_OWNER)
    with pytest.raises(Busy):
        hall.submit("4", owner=LOCAL_OWNER)


def test_depths_and_the_longest_waiting_are_known(hall: Hall):
    for name in ("b1", "b2", "b3"):
        hall.submit(name)
    hall.submit("i1", priority=Priority.INTERACTIVE)
    hall.submit("i2", priority=Priority.INTERACTIVE)
    assert hall.lanes.depths() == {Priority.INTERACTIVE: 1, Priority.BATCH: 2}
    assert set(hall.lanes.oldest()) == {"i1", "i2", "b2"}
