-- Adds a message to the stream KEYS[1], of which about ARGV[1] stay, and returns its id.
-- One step for Redis: no other message comes between. Ids are microseconds since 1970, or more,
-- so that they grow even if Redis has lost the stream; below 2^53 they are exact in Lua.
local last = 0
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if newest[1] then
  last = tonumber(string.match(newest[1][1], '^%d+'))
end
local time = redis.call('TIME')
local id = math.max(last + 1, time[1] * 1000000 + time[2])
local text = string.format('%.0f', id)
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], text .. '-0', 'p', string.format('%.0f', last), 'm', ARGV[2])
return text
