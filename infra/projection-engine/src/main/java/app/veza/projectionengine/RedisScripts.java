package app.veza.projectionengine;

/** What runs inside Redis. The first key always is the position; a hash, so that its fields change one by one. */
final class RedisScripts {
    /**
     * Operations and position, if the position still is the expected one. A script that fails half-way is not rolled
     * back, so it marks the read model as broken: no runner takes it for sound again. 2: held, to be tried again soon.
     *
     * <p>ARGV: log id, expected position, next position, next chain, then per operation its number of words and the words.
     */
    static final String APPLY = """
            local at = redis.call('HMGET', KEYS[1], 'log', 'position', 'broken', 'retired', 'held')
            if at[1] ~= ARGV[1] or at[2] ~= ARGV[2] or at[3] or at[4] then return 0 end
            if at[5] and tonumber(at[5]) > tonumber(redis.call('TIME')[1]) then return 2 end
            local i, last, done = 5, #ARGV, 0
            while i <= last do
              local words = tonumber(ARGV[i])
              local reply = redis.pcall(unpack(ARGV, i + 1, i + words))
              if type(reply) == 'table' and reply.err then
                if done == 0 then return reply end
                redis.call('HSET', KEYS[1], 'broken', reply.err)
                return redis.error_reply('BROKEN operation ' .. (done + 1) .. ', ' .. ARGV[i + 1] .. ' ' .. ARGV[i + 2] .. ': ' .. reply.err)
              end
              done = done + 1
              i = i + words + 1
            end
            redis.call('HSET', KEYS[1], 'position', ARGV[3], 'chain', ARGV[4])
            return 1
            """;

    /** Takes the right to empty a read model that still is as observed. ARGV: observed log and position, epoch. */
    static final String CLAIM = """
            local at = redis.call('HMGET', KEYS[1], 'log', 'position')
            if (at[1] or '') ~= ARGV[1] or (at[2] or '') ~= ARGV[2] then return 0 end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'log', '', 'position', '-1', 'epoch', ARGV[3])
            return 1
            """;

    /** Deletes keys for whoever has the right. KEYS: position, then what to delete. ARGV: epoch. */
    static final String CLEAR = """
            if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
            for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
            return 1
            """;

    /** Ends the emptying. ARGV: epoch, log id. */
    static final String BEGIN = """
            if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'log', ARGV[2], 'position', '0', 'chain', '')
            return 1
            """;

    /** Nobody moves it for the seconds of ARGV, so that its position can be compared. */
    static final String HOLD = """
            redis.call('HSET', KEYS[1], 'held', redis.call('TIME')[1] + ARGV[1])
            return 1
            """;

    /** Moves on. */
    static final String RELEASE = """
            redis.call('HDEL', KEYS[1], 'held')
            return 1
            """;

    /** Ends what is no longer served. */
    static final String RETIRE = """
            if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'retired', '1') end
            return 1
            """;

    /** Leads readers to an edition. KEYS: the pointer, the retired ones. ARGV: edition, the expected former one or ''. */
    static final String SERVE = """
            local former = redis.call('GET', KEYS[1]) or ''
            if former ~= ARGV[2] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1])
            redis.call('HDEL', KEYS[2], ARGV[1])
            if former ~= '' and former ~= ARGV[1] then
              redis.call('HSET', KEYS[2], former, redis.call('TIME')[1] .. '000')
            end
            return 1
            """;

    private RedisScripts() {}
}
