"""Lua scripts that write and remove documents, and atomically find the near-duplicates of a document.

A story is a number. The sketch of its first document represents it, and the bands of that sketch lead to it, as long
as the story has documents. A document's record is its JSON with the story as last member.
"""

from factcheck.audit_log import AuditAction
from factcheck.near_duplicates import BAND_BYTES, BANDS, NEAR_DUPLICATE_BANDS
from factcheck.store.audit_log import AUDITED
from factcheck.store.document_sort_index import PLACES

_STORIES = f"""
local SKETCH, BAND, BANDS, ALIKE = {BANDS * BAND_BYTES}, {BAND_BYTES}, {BANDS}, {NEAR_DUPLICATE_BANDS}
local function bands(sketch)
  local names = {{}}
  for n = 0, BANDS - 1 do names[n + 1] = string.char(n) .. sketch:sub(n * BAND + 1, n * BAND + BAND) end
  return names
end
local function alike(a, b)
  local same = 0
  for at = 1, SKETCH, 2 do if a:sub(at, at + 1) == b:sub(at, at + 1) then same = same + 1 end end
  return same >= ALIKE
end
local function story_of(record) return record and record:match(',"story":"(%d+)"}}$') end
local function count(stories, story, change)
  local held = redis.call('HGET', stories, story)
  if not held then return nil end
  local left = tonumber(held:sub(SKETCH + 1)) + change
  if left > 0 then redis.call('HSET', stories, story, held:sub(1, SKETCH) .. left) end
  return left, held
end
local function leave(story, bands_key, stories)
  local left, held = count(stories, story, -1)
  if left ~= 0 then return end
  redis.call('HDEL', stories, story)
  for _, name in ipairs(bands(held)) do
    if redis.call('HGET', bands_key, name) == story then redis.call('HDEL', bands_key, name) end
  end
end
local function join(sketch, bands_key, stories, counter)
  local names, seen = bands(sketch), {{}}
  for _, story in ipairs(redis.call('HMGET', bands_key, unpack(names))) do
    if story and not seen[story] then
      seen[story] = true
      local held = redis.call('HGET', stories, story)
      if held and alike(held, sketch) then count(stories, story, 1); return story end
    end
  end
  local story = tostring(redis.call('INCR', counter))
  redis.call('HSET', stories, story, sketch .. '1')
  for _, name in ipairs(names) do redis.call('HSETNX', bands_key, name, story) end
  return story
end
"""

# KEYS: document, ids, changes, bands, stories, counter, audit, by date, by source, by title, versions. ARGV: id, length of
# the audit log, actor or "", record without its last brace, sketch or "", time of the change, number of versions kept.
WRITE = (
    AUDITED
    + _STORIES
    + PLACES
    + f"local ACT = '{AuditAction.DOCUMENT_PUT}'"
    + """
local held = redis.call('GET', KEYS[1])
local former = story_of(held)
local record = ARGV[4]
if held then
  displace(held, ARGV[1], KEYS[8], KEYS[9], KEYS[10])
  if held:gsub(',"story":"%d+"}$', '}') ~= record .. '}' then
    redis.call('LPUSH', KEYS[11], '{"at":"' .. ARGV[6] .. '","by":' .. cjson.encode(ARGV[3]) .. ',"document":' .. held .. '}')
    redis.call('LTRIM', KEYS[11], 0, ARGV[7] - 1)
  end
end
if ARGV[5] ~= '' then record = record .. ',"story":"' .. join(ARGV[5], KEYS[4], KEYS[5], KEYS[6]) .. '"' end
if former then leave(former, KEYS[4], KEYS[5]) end
redis.call('SET', KEYS[1], record .. '}')
place(record .. '}', ARGV[1], KEYS[8], KEYS[9], KEYS[10])
redis.call('XADD', KEYS[3], '*', 'id', ARGV[1])
append_audit(KEYS[7], ARGV[2], ARGV[3], ACT, ARGV[1])
return redis.call('ZADD', KEYS[2], 0, ARGV[1])
"""
)

# KEYS and ARGV as above, without the last four of ARGV. Returns 0 where the document does not exist.
REMOVE = (
    AUDITED
    + _STORIES
    + PLACES
    + f"local ACT = '{AuditAction.DOCUMENT_REMOVED}'"
    + """
local record = redis.call('GET', KEYS[1])
if not record then return 0 end
local former = story_of(record)
if former then leave(former, KEYS[4], KEYS[5]) end
displace(record, ARGV[1], KEYS[8], KEYS[9], KEYS[10])
redis.call('DEL', KEYS[1], KEYS[11])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('XADD', KEYS[3], '*', 'id', ARGV[1])
append_audit(KEYS[7], ARGV[2], ARGV[3], ACT, ARGV[1])
return 1
"""
)
