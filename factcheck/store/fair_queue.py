"""Who is next: interactive checks ahead of batches, and the owners of each kind in turns.

Every owner has a lane of each kind. RQ's queue, which workers wait on, holds the next check and no more, and an
interactive one before it where there is one: all that comes later is decided anew each time a worker takes one. Checks
that are tried again stand in RQ's queue already, and keep their place.
"""

from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.check import Priority
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.queue import open_queue

INTERACTIVE_IN_A_ROW = 4
"""After so many, a batch that waits gets one turn: an editor that never rests must not keep batches out for ever."""

FEED = f"""
local function lane_of(priority, owner) return '{redis_keys.LANE}' .. priority .. ':' .. owner end
local function next_of(priority)
  local lanes = '{redis_keys.LANES}' .. priority
  while true do
    local owner = redis.call('ZRANGE', lanes, 0, 0)[1]
    if not owner then return nil end
    local check = redis.call('LPOP', lane_of(priority, owner))
    if redis.call('EXISTS', lane_of(priority, owner)) == 1 then
      redis.call('ZADD', lanes, redis.call('INCR', '{redis_keys.LANE_TURN}'), owner)
    else
      redis.call('ZREM', lanes, owner)
    end
    if check then return check end
  end
end
local function wait_in_lane(priority, owner, check)
  redis.call('RPUSH', lane_of(priority, owner), check)
  redis.call('ZADD', '{redis_keys.LANES}' .. priority, 'NX', redis.call('INCR', '{redis_keys.LANE_TURN}'), owner)
end
local function is_interactive(check)
  return redis.call('HGET', '{redis_keys.check("")}' .. check, 'priority') == 'interactive'
end
local function feed(queue)
  local patient = tonumber(redis.call('GET', '{redis_keys.LANE_STREAK}') or 0) < {INTERACTIVE_IN_A_ROW}
  local head = redis.call('LINDEX', queue, 0)
  if not head then
    local first, second = 'interactive', 'batch'
    if not patient then first, second = second, first end
    local check = next_of(first) or next_of(second)
    if check then redis.call('RPUSH', queue, check) end
  elseif patient and not is_interactive(head) then
    local check = next_of('interactive')
    if check then redis.call('LPUSH', queue, check) end
  end
end
"""

# KEYS: RQ's queue. ARGV: id of the check that was just taken, or "".
_FEED = (
    FEED
    + f"""
if ARGV[1] ~= '' then
  if is_interactive(ARGV[1]) then redis.call('INCR', '{redis_keys.LANE_STREAK}') else redis.call('DEL', '{redis_keys.LANE_STREAK}') end
end
feed(KEYS[1])
"""
)


class FairQueue:
    """The lanes of one Redis. A script changes them, so that two workers never take the same check."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._queue = str(open_queue(client).key)
        self._feed = client.register_script(_FEED)

    def feed(self, taken: str = "") -> None:
        """Let the next check through, where none stands ready. `taken`: the check that a worker has just taken."""
        with store_errors():
            self._feed(keys=[self._queue], args=[taken])

    def waiting(self) -> list[str]:
        """Ids of all checks in lanes, for the janitor. Those that stand ready in RQ's queue are not among them."""
        with store_errors():
            return [as_text(check) for lane in self._lanes() for check in self._client.lrange(lane, 0, -1)]

    def depths(self) -> dict[Priority, int]:
        """How many checks wait in the lanes of each kind."""
        with store_errors():
            return {
                priority: sum(self._client.llen(lane) for lane in self._lanes_of(priority)) for priority in Priority
            }

    def oldest(self) -> list[str]:
        """Of each lane the check that has waited longest, and the one that stands ready."""
        with store_errors():
            firsts = [self._client.lindex(lane, 0) for lane in (self._queue, *self._lanes())]
        return [as_text(check) for check in firsts if check is not None]

    def _lanes(self) -> list[str]:
        return [lane for priority in Priority for lane in self._lanes_of(priority)]

    def _lanes_of(self, priority: Priority) -> list[str]:
        owners: list[Any] = list(self._client.zrange(f"{redis_keys.LANES}{priority}", 0, -1))
        return [redis_keys.lane(priority, as_text(owner)) for owner in owners]
