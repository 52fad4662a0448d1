package app.veza.projectionengine;

/** What runs inside Redis. The first key always is the position; a hash, so that its fields change one by one. */
final class RedisScripts {
    /**
     * Runs operations from ARGV[i] on: per operation its number of words and the words. What is refused after something was
     * written cannot be rolled back by Redis: with {@code undo} each key is copied before and put back.
     */
    private static final String OPERATIONS = """
            local function operations(i, undo)
              local before, order, done = {}, {}, 0
              if undo then
                local at = i
                while at <= #ARGV do
                  local key = ARGV[at + 2]
                  if before[key] == nil then
                    before[key] = {redis.call('DUMP', key), redis.call('PTTL', key)}
                    order[#order + 1] = key
                  end
                  at = at + tonumber(ARGV[at]) + 1
                end
              end
              while i <= #ARGV do
                local words = tonumber(ARGV[i])
                local reply = redis.pcall(unpack(ARGV, i + 1, i + words))
                if type(reply) == 'table' and reply.err then
                  local text = 'operation ' .. (done + 1) .. ', ' .. ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ': ' .. reply.err
                  if undo then
                    for _, key in ipairs(order) do
                      redis.call('DEL', key)
                      if before[key][1] then
                        redis.call('RESTORE', key, math.max(before[key][2], 0), before[key][1])
                      end
                    end
                    return redis.error_reply('UNDONE ' .. text)
                  end
                  if done == 0 then return reply end
                  redis.call('HSET', KEYS[1], 'broken', reply.err)
                  return redis.error_reply('BROKEN ' .. text)
                end
                done = done + 1
                i = i + words + 1
              end
              return 1
            end
            """;

    /**
     * Operations, letters and position, if the position still is the expected one. A script that fails half-way marks the
     * read model as broken: no runner takes it for sound again. The next one fills it anew, and undoes what is refused
     * where it broke.
     *
     * <p>KEYS: position, then those of the letters as {@link RedisLetters} names them. ARGV: log id, expected position, next
     * position, next chain, revision of the letters, 1 to undo, number of letters, per letter its position, key and text, then
     * the operations. Returns 0 when the position is another one or retired, 2 when it is held, to be tried again soon, 3 when the
     * letters have changed.
     */
    static final String APPLY = OPERATIONS + """
            local at = redis.call('HMGET', KEYS[1], 'log', 'position', 'broken', 'letters', 'careful_from', 'careful_to',
              'retired', 'held')
            if at[1] ~= ARGV[1] or at[2] ~= ARGV[2] or at[3] or at[7] then return 0 end
            if at[8] and tonumber(at[8]) > tonumber(redis.call('TIME')[1]) then return 2 end
            if (at[4] or '0') ~= ARGV[5] then return 3 end
            local letters = tonumber(ARGV[7])
            local reply = operations(8 + 3 * letters, ARGV[6] == '1')
            if reply ~= 1 then
              if string.sub(reply.err, 1, 6) == 'BROKEN' then
                local from, to = tonumber(at[5] or ARGV[2]), tonumber(at[6] or ARGV[3])
                redis.call('HSET', KEYS[1], 'careful_from', string.format('%d', math.min(from, tonumber(ARGV[2]))),
                  'careful_to', string.format('%d', math.max(to, tonumber(ARGV[3]))))
              end
              return reply
            end
            for i = 8, 8 + 3 * (letters - 1), 3 do
              redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i])
              redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
              redis.call('HINCRBY', KEYS[4], ARGV[i + 1], 1)
              redis.call('ZADD', KEYS[2] .. ':' .. ARGV[i + 1], ARGV[i], ARGV[i])
            end
            if letters > 0 then redis.call('HINCRBY', KEYS[1], 'letters', 1) end
            redis.call('HSET', KEYS[1], 'position', ARGV[3], 'chain', ARGV[4])
            return 1
            """;

    /**
     * Operations of letters that are retried, and the letters' end; none of them when they are dropped. KEYS as above. ARGV: log id
     * or nothing, number of letters, per letter its position and key, then the operations. Returns 0 when they are not
     * the first letters of their keys any more.
     */
    static final String SETTLE = OPERATIONS + """
            local at = redis.call('HMGET', KEYS[1], 'log', 'broken', 'retired')
            if at[2] or at[3] or (ARGV[1] ~= '' and at[1] ~= ARGV[1]) then return 0 end
            local letters, first = tonumber(ARGV[2]), {}
            for i = 3, 3 + 2 * (letters - 1), 2 do
              local key = ARGV[i + 1]
              first[key] = (first[key] or -1) + 1
              local there = redis.call('ZRANGE', KEYS[2] .. ':' .. key, first[key], first[key])
              if there[1] ~= ARGV[i] then return 0 end
            end
            local reply = operations(3 + 2 * letters, true)
            if reply ~= 1 then return reply end
            for i = 3, 3 + 2 * (letters - 1), 2 do
              local key = ARGV[i + 1]
              redis.call('ZREM', KEYS[2], ARGV[i])
              redis.call('HDEL', KEYS[3], ARGV[i])
              redis.call('ZREM', KEYS[2] .. ':' .. key, ARGV[i])
              if redis.call('HINCRBY', KEYS[4], key, -1) <= 0 then redis.call('HDEL', KEYS[4], key) end
            end
            redis.call('HINCRBY', KEYS[1], 'letters', 1)
            return 1
            """;

    /** Another text of a letter that is still there. ARGV: position, text. */
    static final String AMEND = """
            if redis.call('HEXISTS', KEYS[3], ARGV[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
            return 1
            """;

    /** Takes the right to empty a read model that still is as observed. ARGV: observed log and position, epoch. */
    static final String CLAIM = """
            local at = redis.call('HMGET', KEYS[1], 'log', 'position')
            if (at[1] or '') ~= ARGV[1] or (at[2] or '') ~= ARGV[2] then return 0 end
            local careful = redis.call('HMGET', KEYS[1], 'careful_from', 'careful_to')
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'log', '', 'position', '-1', 'epoch', ARGV[3])
            if careful[1] then redis.call('HSET', KEYS[1], 'careful_from', careful[1], 'careful_to', careful[2]) end
            return 1
            """;

    /** Deletes keys for whoever has the right. KEYS: position, then what to delete. ARGV: epoch. */
    static final String CLEAR = """
            if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
            for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
            return 1
            """;

    /** The time in milliseconds since 1970, as text. */
    private static final String NOW = """
            local function now()
              local time = redis.call('TIME')
              return string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
            end
            """;

    /** Ends the emptying. ARGV: epoch, log id. */
    static final String BEGIN = NOW + """
            if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
            redis.call('HDEL', KEYS[1], 'epoch')
            redis.call('HSET', KEYS[1], 'log', ARGV[2], 'position', '0', 'chain', '', 'wanted', now())
            return 1
            """;

    /** Ends the dropping. ARGV: epoch. */
    static final String END = """
            if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
            redis.call('DEL', KEYS[1])
            return 1
            """;

    /**
     * Nobody moves it for the seconds of ARGV, so that its position can be compared; what is not there need not be held. Returns the
     * second until which it is so, 0 when somebody else holds it.
     */
    static final String HOLD = """
            local now = tonumber(redis.call('TIME')[1])
            local held = redis.call('HGET', KEYS[1], 'held')
            if held and tonumber(held) > now then return 0 end
            local till = string.format('%d', now + ARGV[1])
            if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'held', till) end
            return tonumber(till)
            """;

    /** Moves on, unless it is held by somebody else by now. ARGV: what HOLD returned. */
    static final String RELEASE = """
            if redis.call('HGET', KEYS[1], 'held') == ARGV[1] then redis.call('HDEL', KEYS[1], 'held') end
            return 1
            """;

    /** Before readers are led to it: from now on nobody retires it who knows only of before. Returns 0 when it cannot be served. */
    static final String WANT = NOW + """
            local at = redis.call('HMGET', KEYS[1], 'chain', 'broken', 'retired')
            if not at[1] or at[2] or at[3] then return 0 end
            redis.call('HSET', KEYS[1], 'wanted', now())
            return 1
            """;

    /**
     * Ends what is no longer served. ARGV: since when, in milliseconds since 1970. Returns 0 when it was filled again, or readers were led
     * to it again, after that.
     */
    static final String RETIRE = """
            local wanted = redis.call('HGET', KEYS[1], 'wanted')
            if wanted and tonumber(wanted) > tonumber(ARGV[1]) then return 0 end
            if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'retired', '1') end
            return 1
            """;

    /**
     * Leads readers to an edition. KEYS: the pointer, the retired ones. ARGV: edition, the expected former one or '', the second until
     * which that one is held or ''. Returns when it was done, in milliseconds since 1970; 0 when the second is over: whoever slept since it
     * compared knows nothing any more.
     */
    static final String SERVE = NOW + """
            if ARGV[3] ~= '' and tonumber(redis.call('TIME')[1]) >= tonumber(ARGV[3]) then return 0 end
            local former = redis.call('GET', KEYS[1]) or ''
            if former ~= ARGV[2] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1])
            redis.call('HDEL', KEYS[2], ARGV[1])
            if former ~= '' and former ~= ARGV[1] then
              redis.call('HSET', KEYS[2], former, now())
            end
            return tonumber(now())
            """;

    private RedisScripts() {}
}
