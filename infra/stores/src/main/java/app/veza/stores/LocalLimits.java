package app.veza.stores;

import app.veza.stores.RateLimiter.Charge;
import app.veza.stores.RateLimiter.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The limits of one process, by the same arithmetic as {@code rate-limits.lua}. Keys not seen for longest are forgotten first. */
public final class LocalLimits {

    private static final int MOST_KEYS = 100_000;

    /** Key to the time, in microseconds, at which its whole quota is back. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** Takes it, where there is so much. */
    public Standing take(Charge charge) {
        return take(List.of(charge)).getFirst();
    }

    synchronized List<Standing> take(List<Charge> charges) {
        long now = System.nanoTime() / 1000;
        boolean allowed = charges.stream().allMatch(charge -> wait(charge, now) == 0);
        List<Standing> standings = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            long wait = wait(charge, now);
            long owed = owed(charge, now) + (allowed ? charge.costMicros() : 0);
            if (allowed) {
                fullAt.put(charge.key(), now + owed);
            }
            standings.add(RateLimiter.standing(charge, owed, wait));
        }
        return standings;
    }

    private long owed(Charge charge, long now) {
        return Math.max(0, fullAt.getOrDefault(charge.key(), now) - now);
    }

    private long wait(Charge charge, long now) {
        return Math.max(
                0, owed(charge, now) + charge.costMicros() - charge.quota().worthMicros());
    }
}
