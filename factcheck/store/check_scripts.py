"""Lua scripts for the state changes of a check. Each script reads, decides and writes atomically.

Every script but `submit` returns `ok` or the reason: `gone` (no such check), `cancelled`, `stale` (ended, or owned by
another execution). Redis does not roll back a failed script, so operations that can fail come first.
"""

from redis import Redis
from redis.commands.core import Script

from factcheck import redis_keys
from factcheck.audit_log import AuditAction
from factcheck.store.audit_log import AUDITED
from factcheck.store.fair_queue import FEED

_FENCE = """
local function fence(check, execution)
  local held = redis.call('HMGET', check, 'status', 'execution')
  if not held[1] then return 'gone' end
  if held[1] == 'cancelled' then return 'cancelled' end
  if held[1] ~= 'running' or held[2] ~= execution then return 'stale' end
  return 'ok'
end
local function emit(check, events, kind, claim)
  local now = redis.call('HMGET', check, 'status', 'claims_total', 'claims_done')
  redis.call('XADD', events, '*', 'kind', kind, 'claim', claim, 'status', now[1], 'total', now[2], 'done', now[3])
end
local function put(check, verdicts, events, claim, verdict)
  if redis.call('HGET', verdicts, claim) == verdict then return false end
  redis.call('HSET', verdicts, claim, verdict)
  redis.call('HSET', check, 'claims_done', redis.call('HLEN', verdicts))
  emit(check, events, 'claim', claim)
  return true
end
local function article_keys(check)
  local held = redis.call('HMGET', check, 'owner', 'article_id', 'version')
  if not held[2] then return nil end
  local name = held[1] .. ':' .. held[2]
  return '{ARTICLE}' .. name, '{ARTICLE_CHECKS}' .. name, tonumber(held[3])
end
local function note_finished(check)
  local article, _, version = article_keys(check)
  if not article or redis.call('EXISTS', article) == 0 then return end
  if tonumber(redis.call('HGET', article, 'finished_version') or 0) < version then
    redis.call('HSET', article, 'finished', ARGV[1], 'finished_version', version)
  end
end
local function close(keys, status, now, lifetime, tombstone_lifetime)
  local check, verdicts, events, request, tombstone, active, article, callbacks, watches = unpack(keys)
  local events_lifetime = lifetime
  lifetime = math.max(tonumber(lifetime), tonumber(redis.call('HGET', check, 'kept_s') or 0))
  redis.call('HSET', check, 'status', status, 'finished_at', now)
  if status == 'finished' then note_finished(check) end
  redis.call('HINCRBY', check, 'revision', 1)
  emit(check, events, 'done', '')
  local until_ms = status == 'finished' and redis.call('ZSCORE', watches, ARGV[1])
  if until_ms then
    lifetime = lifetime + math.max(0, math.ceil(until_ms / 1000 - redis.call('TIME')[1]))
    redis.call('EXPIRE', request, lifetime)
  else
    redis.call('ZREM', watches, ARGV[1])
    redis.call('DEL', request)
  end
  for _, key in ipairs({check, verdicts, article}) do redis.call('EXPIRE', key, lifetime) end
  redis.call('EXPIRE', events, events_lifetime)
  redis.call('EXPIRE', tombstone, lifetime + tombstone_lifetime)
  redis.call('ZREM', active, ARGV[1])
  if status ~= 'cancelled' and redis.call('HEXISTS', check, 'callback_url') == 1 then
    redis.call('ZADD', callbacks, 0, ARGV[1])
  end
end
"""

# KEYS: check, events. ARGV: execution, now. Takes over a running check; the fence stops its previous execution.
_START = """
local held = redis.call('HMGET', KEYS[1], 'status', 'execution')
if not held[1] then return 'gone' end
if held[1] == 'cancelled' then return 'cancelled' end
if held[1] ~= 'queued' and held[1] ~= 'running' then return 'stale' end
if held[2] == ARGV[1] then return 'ok' end
redis.call('HSET', KEYS[1], 'status', 'running', 'execution', ARGV[1])
redis.call('HSETNX', KEYS[1], 'started_at', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'revision', 1)
emit(KEYS[1], KEYS[2], 'progress', '')
return 'ok'
"""

# KEYS: check, verdicts, events. ARGV: execution, claims in all, claim id or "", verdict as JSON or "".
_RECORD = """
local state = fence(KEYS[1], ARGV[1])
if state ~= 'ok' then return state end
local changed = redis.call('HGET', KEYS[1], 'claims_total') ~= ARGV[2]
redis.call('HSET', KEYS[1], 'claims_total', ARGV[2])
if ARGV[3] ~= '' then changed = put(KEYS[1], KEYS[2], KEYS[3], ARGV[3], ARGV[4]) or changed end
if changed then
  redis.call('HINCRBY', KEYS[1], 'revision', 1)
  emit(KEYS[1], KEYS[3], 'progress', '')
end
return 'ok'
"""

# KEYS: check, verdicts, events, request, tombstone, active, article, callbacks, watches.
# ARGV: check id, execution, now, lifetime, tombstone's lifetime, report as JSON, then claim id and verdict alternately.
_FINISH = """
local held = redis.call('HMGET', KEYS[1], 'status', 'execution')
if held[1] == 'finished' and held[2] == ARGV[2] then return 'ok' end
local state = fence(KEYS[1], ARGV[2])
if state ~= 'ok' then return state end
local final = {}
for at = 7, #ARGV, 2 do
  final[ARGV[at]] = true
  put(KEYS[1], KEYS[2], KEYS[3], ARGV[at], ARGV[at + 1])
end
for _, claim in ipairs(redis.call('HKEYS', KEYS[2])) do
  if not final[claim] then redis.call('HDEL', KEYS[2], claim) end
end
local claims = (#ARGV - 6) / 2
redis.call('HSET', KEYS[1], 'report', ARGV[6], 'claims_total', claims, 'claims_done', claims)
close(KEYS, 'finished', ARGV[3], ARGV[4], ARGV[5])
return 'ok'
"""

# KEYS as above. ARGV: check id, execution ("" for any: the reaper), now, lifetime, tombstone's lifetime, problem as JSON.
_FAIL = """
local held = redis.call('HMGET', KEYS[1], 'status', 'execution')
if held[1] == 'failed' and held[2] == ARGV[2] then return 'ok' end
if ARGV[2] == '' then
  if held[1] ~= 'queued' and held[1] ~= 'running' then return 'stale' end
else
  local state = fence(KEYS[1], ARGV[2])
  if state ~= 'ok' then return state end
end
redis.call('HSET', KEYS[1], 'error', ARGV[6])
close(KEYS, 'failed', ARGV[3], ARGV[4], ARGV[5])
return 'ok'
"""

# KEYS: check, request, article, tombstone, active, owner's checks, RQ's queue, RQ's job, idempotency key or "", watches,
# article of the history, its checks, owner's articles.
# ARGV: check id, owner, priority, limit of checks, limit of this owner, request, article, owner's entry,
# value of the idempotency key, its lifetime, end of the watch in ms or "", limit of watches, article id or "", the article
# as listed, now in ms, seconds that the history keeps it, number of parts of the record, these parts, then those of the job.
# Returns `ok` and the version, `full`, `crowded` (this owner), `watched` (limit of watches), or the stored value of the
# idempotency key.
_SUBMIT = """
local check, owner, priority = ARGV[1], ARGV[2], ARGV[3]
if KEYS[9] ~= '' then
  local known = redis.call('GET', KEYS[9])
  if known and redis.call('EXISTS', CHECKS .. known:match('%S+')) == 1 then return known end
end
if redis.call('ZCARD', KEYS[5]) >= tonumber(ARGV[4]) then return 'full' end
local mine = redis.call('LLEN', owner_queue('interactive', owner)) + redis.call('LLEN', owner_queue('batch', owner))
if mine >= tonumber(ARGV[5]) then return 'crowded' end
if ARGV[11] ~= '' and redis.call('ZCARD', KEYS[10]) >= tonumber(ARGV[12]) then return 'watched' end
local parts, version = tonumber(ARGV[17]), 0
redis.call('HSET', KEYS[1], unpack(ARGV, 18, 17 + parts))
if ARGV[13] ~= '' then
  version = redis.call('HINCRBY', KEYS[11], 'versions', 1)
  redis.call('HSETNX', KEYS[11], 'created_ms', ARGV[15])
  redis.call('HSET', KEYS[11], 'row', ARGV[14], 'updated_ms', ARGV[15], 'latest', check)
  redis.call('ZADD', KEYS[12], version, check)
  redis.call('ZADD', KEYS[13], ARGV[15], ARGV[13])
  redis.call('HSET', KEYS[1], 'version', version, 'kept_s', ARGV[16])
  for at = 11, 13 do redis.call('EXPIRE', KEYS[at], ARGV[16]) end
end
redis.call('SET', KEYS[2], ARGV[6])
redis.call('SET', KEYS[3], ARGV[7])
redis.call('SET', KEYS[4], owner)
redis.call('ZADD', KEYS[5], 0, check)
redis.call('ZADD', KEYS[6], 0, ARGV[8])
redis.call('HSET', KEYS[8], unpack(ARGV, 18 + parts))
if ARGV[11] ~= '' then redis.call('ZADD', KEYS[10], ARGV[11], check) end
if KEYS[9] ~= '' then redis.call('SET', KEYS[9], ARGV[9], 'EX', ARGV[10]) end
enqueue(priority, owner, check)
feed(KEYS[7])
return 'ok ' .. version
"""

# KEYS as for `finish`, then owner's checks, RQ's queue, RQ's job, audit.
# ARGV: check id, owner, now, lifetime, tombstone's lifetime, owner's entry, length of the audit log, actor or "",
# "forget" or "".
_DROP = """
local function leave_history()
  local article, checks = article_keys(KEYS[1])
  if not article then return end
  redis.call('ZREM', checks, ARGV[1])
  if redis.call('EXISTS', article) == 0 then return end
  local newest = redis.call('ZREVRANGE', checks, 0, 0)[1]
  if not newest then return redis.call('DEL', article, checks) end
  redis.call('HSET', article, 'latest', newest)
  if redis.call('HGET', article, 'finished') == ARGV[1] then redis.call('HDEL', article, 'finished', 'finished_version') end
end
local held = redis.call('HMGET', KEYS[1], 'owner', 'status', 'priority')
if held[1] ~= ARGV[2] then return 'gone' end
if not tonumber(redis.call('HGET', KEYS[1], 'revision')) then redis.call('HSET', KEYS[1], 'revision', 0) end  -- damaged
local queue = '{OWNER_QUEUE}' .. (held[3] or 'batch') .. ':' .. ARGV[2]
if held[2] == 'queued' or held[2] == 'running' then
  if held[2] == 'queued' and (redis.call('LREM', KEYS[11], 1, ARGV[1]) == 1 or redis.call('LREM', queue, 1, ARGV[1]) == 1) then
    redis.call('DEL', KEYS[12])
  end
  if ARGV[9] == 'forget' then
    redis.call('DEL', KEYS[2], KEYS[7])
    leave_history()
    redis.call('HDEL', KEYS[1], 'article_id', 'version', 'kept_s')
    redis.call('HSET', KEYS[1], 'claims_total', 0, 'claims_done', 0)
  end
  close(KEYS, 'cancelled', ARGV[3], ARGV[4], ARGV[5])
else
  leave_history()
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[7])
  redis.call('ZREM', KEYS[8], ARGV[1])
  redis.call('ZREM', KEYS[9], ARGV[1])
  redis.call('ZREM', KEYS[10], ARGV[6])
  redis.call('EXPIRE', KEYS[5], ARGV[5])
end
append_audit(KEYS[13], ARGV[7], ARGV[8], '{ACT}', ARGV[1])
return 'ok'
"""


class CheckScripts:
    """The scripts of one client, sent once and then called by digest."""

    def __init__(self, client: Redis) -> None:
        self.submit = client.register_script(f"local CHECKS = '{redis_keys.check('')}'\n{FEED}{_SUBMIT}")
        self.start = _script(client, _START)
        self.record = _script(client, _RECORD)
        self.finish = _script(client, _FINISH)
        self.fail = _script(client, _FAIL)
        dropped = _DROP.replace("{OWNER_QUEUE}", redis_keys.OWNER_QUEUE).replace("{ACT}", AuditAction.CHECK_DROPPED)
        self.drop = _script(client, AUDITED + dropped)


def _script(client: Redis, body: str) -> Script:
    fence = _FENCE.replace("{ARTICLE}", redis_keys.ARTICLE).replace("{ARTICLE_CHECKS}", redis_keys.ARTICLE_CHECKS)
    return client.register_script(fence + body)
