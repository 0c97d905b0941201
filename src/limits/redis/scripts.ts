// What Redis runs, each at one stroke. All that is known of a user is one hash, all that is known of a text one
// sorted set, so that each script has one key and a Cluster runs it on the node of that key.
//
// A field of the hash is `count end`, the end in milliseconds of Redis's own clock: a field that has ended counts
// as none, and so does one that is not of this form. The hash ends with the last of its fields. A key of another type
// is none of ours: it is deleted, and its user or text starts anew. Needs Redis 5 or later, which lets a script that has asked
// for the time write.

/** Fields of a user's hash; a window's is this and its own name. */
const WINDOW = 'window:';
const REJECTED = 'rejected';
const BLOCKED = 'blocked';
const TEXTS = 'texts';

/** A number that has more is none of ours: JavaScript and Lua count exactly up to here. */
const MOST_DIGITS = 15;

const NOW = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
local function isOtherType(answer)
  return type(answer) == 'table' and answer.err and string.find(answer.err, 'WRONGTYPE', 1, true) ~= nil
end
local function isFault(answer) return type(answer) == 'table' and answer.err ~= nil end
`;

const USER = `${NOW}
local known = {}
local raw = redis.pcall('hgetall', KEYS[1])
if isOtherType(raw) then
  redis.call('del', KEYS[1])
  raw = {}
end
if isFault(raw) then return raw end
for i = 1, #raw, 2 do known[raw[i]] = raw[i + 1] end
local function running(field)
  local count, ends = string.match(known[field] or '', '^(%d+) (%d+)$')
  if not ends or #count > ${MOST_DIGITS} or #ends > ${MOST_DIGITS} or tonumber(ends) <= now then return 0, 0 end
  return tonumber(count), tonumber(ends)
end
local changes, last = {}, now
local function put(field, value, ends)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
  if ends > last then last = ends end
end
local function write()
  if #changes == 0 then return end
  redis.call('hset', KEYS[1], unpack(changes))
  local left = redis.call('pttl', KEYS[1])
  if last - now > left then redis.call('pexpire', KEYS[1], whole(last - now)) end
end
`;

/**
 * Counts a comment of a user in all windows, or in none where one is used up or the user is blocked.
 * ARGV: the text's hash or nothing, for how long texts are remembered (ms), how many; for each window its field,
 * its points, its length (ms).
 * Returns whether it is admitted, for how long the user is blocked, how long ago the same text was posted (each
 * time), and for each window points taken and how long it still runs, one after the other.
 */
export const TAKE = `${USER}
local _, blocked = running('${BLOCKED}')
local admitted = blocked == 0
local windows = {}
for i = 4, #ARGV, 3 do
  local count, ends = running('${WINDOW}' .. ARGV[i])
  if count >= tonumber(ARGV[i + 1]) then admitted = false end
  windows[#windows + 1] = { field = '${WINDOW}' .. ARGV[i], count = count, ends = ends, ms = tonumber(ARGV[i + 2]) }
end
local ages = {}
if admitted then
  for _, window in ipairs(windows) do
    window.count = window.count + 1
    if window.ends == 0 then window.ends = now + window.ms end
    put(window.field, whole(window.count) .. ' ' .. whole(window.ends), window.ends)
  end
  if ARGV[1] ~= '' then
    local recall = tonumber(ARGV[2])
    local kept = {}
    for text, at in string.gmatch(known['${TEXTS}'] or '', '(%S+) (%d+)') do
      local age = now - tonumber(at)
      if #at <= ${MOST_DIGITS} and age < recall then
        kept[#kept + 1] = text .. ' ' .. at
        if text == ARGV[1] then ages[#ages + 1] = age end
      end
    end
    kept[#kept + 1] = ARGV[1] .. ' ' .. whole(now)
    while #kept > tonumber(ARGV[3]) do table.remove(kept, 1) end
    put('${TEXTS}', table.concat(kept, ' '), now + recall)
  end
  write()
end
local counts = {}
for _, window in ipairs(windows) do
  counts[#counts + 1] = window.count
  counts[#counts + 1] = math.max(0, window.ends - now)
end
return { admitted and 1 or 0, math.max(0, blocked - now), ages, counts }
`;

/**
 * Counts a rejection of a user: towards a block, and in the windows that still run.
 * ARGV: points beside the one taken; after how many rejections to block (0: never), in how long, for how long (ms);
 * the fields of the windows.
 */
export const REJECT = `${USER}
for i = 5, #ARGV do
  local field = '${WINDOW}' .. ARGV[i]
  local count, ends = running(field)
  if ends > 0 then put(field, whole(count + ARGV[1]) .. ' ' .. whole(ends), ends) end
end
local after = tonumber(ARGV[2])
if after > 0 then
  local count, ends = running('${REJECTED}')
  if ends == 0 then ends = now + ARGV[3] end
  if count + 1 < after then
    put('${REJECTED}', whole(count + 1) .. ' ' .. whole(ends), ends)
  else
    local over = now + ARGV[4]
    put('${REJECTED}', '0 0', 0)
    put('${BLOCKED}', '1 ' .. whole(over), over)
  end
end
write()
return 1
`;

/**
 * Notes that a user posts a text, admitted or not: who posts it often counts once.
 * ARGV: the user, for how long texts are remembered (ms), how many users.
 * Returns how long ago each other user posted it.
 */
export const NOTE = `${NOW}
-- First, for a Redis that is full refuses a script's first write only.
local added = redis.pcall('zadd', KEYS[1], whole(now), ARGV[1])
if isOtherType(added) then
  redis.call('del', KEYS[1])
  added = redis.pcall('zadd', KEYS[1], whole(now), ARGV[1])
end
if isFault(added) then return added end
redis.call('zremrangebyscore', KEYS[1], '-inf', whole(now - ARGV[2]))
local seen = redis.call('zrange', KEYS[1], 0, -1, 'withscores')
local ages = {}
for i = 1, #seen, 2 do
  if seen[i] ~= ARGV[1] then ages[#ages + 1] = math.max(0, now - tonumber(seen[i + 1])) end
end
-- All but the latest.
redis.call('zremrangebyrank', KEYS[1], 0, whole(-1 - ARGV[3]))
redis.call('pexpire', KEYS[1], ARGV[2])
return ages
`;

/**
 * The secret under a key, which is put there where there is none. It does not end, so that a Redis that makes room among
 * what does leaves it alone.
 * ARGV: the secret that is put there.
 */
export const SECRET = `
local known = redis.pcall('get', KEYS[1])
if type(known) == 'string' and known ~= '' then return known end
if type(known) == 'table' and not string.find(known.err or '', 'WRONGTYPE', 1, true) then return known end
redis.call('set', KEYS[1], ARGV[1])
return ARGV[1]
`;
