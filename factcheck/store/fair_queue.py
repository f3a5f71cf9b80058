"""Queue order: interactive checks before batch checks, and round robin over the owners of each priority.

Every owner has one queue per priority. RQ's queue, which workers block on, holds the next check only, and an
interactive one before it where there is one. The order of all others is decided each time a worker takes a check.
Retried checks are already in RQ's queue, and keep their position.
"""

from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.check import Priority
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.queue import open_queue

INTERACTIVE_IN_A_ROW = 4
"""After so many interactive checks, a waiting batch check gets a turn, so that batches never starve."""

FEED = f"""
local function owner_queue(priority, owner) return '{redis_keys.OWNER_QUEUE}' .. priority .. ':' .. owner end
local function dequeue(priority)
  local owners = '{redis_keys.WAITING_OWNERS}' .. priority
  while true do
    local owner = redis.call('ZRANGE', owners, 0, 0)[1]
    if not owner then return nil end
    local check = redis.call('LPOP', owner_queue(priority, owner))
    if redis.call('EXISTS', owner_queue(priority, owner)) == 1 then
      redis.call('ZADD', owners, redis.call('INCR', '{redis_keys.QUEUE_TURN}'), owner)
    else
      redis.call('ZREM', owners, owner)
    end
    if check then return check end
  end
end
local function enqueue(priority, owner, check)
  redis.call('RPUSH', owner_queue(priority, owner), check)
  redis.call('ZADD', '{redis_keys.WAITING_OWNERS}' .. priority, 'NX', redis.call('INCR', '{redis_keys.QUEUE_TURN}'), owner)
end
local function is_interactive(check)
  return redis.call('HGET', '{redis_keys.check("")}' .. check, 'priority') == 'interactive'
end
local function feed(queue)
  local interactive_first = tonumber(redis.call('GET', '{redis_keys.INTERACTIVE_STREAK}') or 0) < {INTERACTIVE_IN_A_ROW}
  local head = redis.call('LINDEX', queue, 0)
  if not head then
    local first, second = 'interactive', 'batch'
    if not interactive_first then first, second = second, first end
    local check = dequeue(first) or dequeue(second)
    if check then redis.call('RPUSH', queue, check) end
  elseif interactive_first and not is_interactive(head) then
    local check = dequeue('interactive')
    if check then redis.call('LPUSH', queue, check) end
  end
end
"""

# KEYS: RQ's queue. ARGV: id of the check that was just taken, or "".
_FEED = (
    FEED
    + f"""
if ARGV[1] ~= '' then
  if is_interactive(ARGV[1]) then
    redis.call('INCR', '{redis_keys.INTERACTIVE_STREAK}')
  else
    redis.call('DEL', '{redis_keys.INTERACTIVE_STREAK}')
  end
end
feed(KEYS[1])
"""
)


class FairQueue:
    """The owners' queues in one Redis. A script changes them, so that two workers never take the same check."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._queue = str(open_queue(client).key)
        self._feed = client.register_script(_FEED)

    def feed(self, taken: str = "") -> None:
        """Moves the next check to RQ's queue where that has none. `taken` is the check that a worker has just taken."""
        with store_errors():
            self._feed(keys=[self._queue], args=[taken])

    def waiting(self) -> list[str]:
        """Ids of all checks in the owners' queues, for the recovery of lost jobs. Excludes checks in RQ's queue."""
        with store_errors():
            return [as_text(check) for queue in self._owner_queues() for check in self._client.lrange(queue, 0, -1)]

    def depths(self) -> dict[Priority, int]:
        """Number of waiting checks by priority."""
        with store_errors():
            return {
                priority: sum(self._client.llen(queue) for queue in self._owner_queues_of(priority))
                for priority in Priority
            }

    def oldest(self) -> list[str]:
        """The oldest check of each owner's queue, and the head of RQ's queue."""
        with store_errors():
            heads = [self._client.lindex(queue, 0) for queue in (self._queue, *self._owner_queues())]
        return [as_text(check) for check in heads if check is not None]

    def _owner_queues(self) -> list[str]:
        return [queue for priority in Priority for queue in self._owner_queues_of(priority)]

    def _owner_queues_of(self, priority: Priority) -> list[str]:
        owners: list[Any] = list(self._client.zrange(f"{redis_keys.WAITING_OWNERS}{priority}", 0, -1))
        return [redis_keys.owner_queue(priority, as_text(owner)) for owner in owners]
