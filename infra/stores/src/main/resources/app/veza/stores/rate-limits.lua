-- The generic cell rate algorithm over several keys: a key holds when its whole quota is back, in microseconds.
-- KEYS: one a limit. ARGV: what is taken of each and what all of it is worth, in microseconds.
-- Answers, for each, what is owed and how long to wait; when any has to wait nothing is taken.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local allowed = true
local answer = {}
for i, key in ipairs(KEYS) do
  local cost, worth = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local owed = math.max(0, tonumber(redis.call('GET', key) or now) - now)
  local wait = math.max(0, owed + cost - worth)
  if wait > 0 then allowed = false end
  answer[2 * i - 1], answer[2 * i] = owed, wait
end
if allowed then
  for i, key in ipairs(KEYS) do
    local owed = answer[2 * i - 1] + tonumber(ARGV[2 * i - 1])
    -- not tostring: it keeps 14 digits
    redis.call('SET', key, string.format('%.0f', now + owed), 'PX', math.ceil(owed / 1000))
    answer[2 * i - 1] = owed
  end
end
return answer
