package app.veza.stores;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much is allowed: so many at once, given back evenly over the window.
 *
 * @param amount at once, and in every window in the long run
 */
public record Quota(long amount, Duration window) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})/([0-9]{1,6})(s|m|h)");

    public Quota {
        if (amount < 1 || window.toMillis() < 1) {
            throw new IllegalArgumentException("A quota allows at least one in at least a millisecond");
        }
        if (window.toNanos() / 1000 < amount) {
            throw new IllegalArgumentException("A quota gives back one a microsecond at most");
        }
    }

    /** @param text such as {@code 600/1m}; s, m and h are known */
    public static Quota valueOf(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("A quota is an amount and a window, such as 600/1m, not '" + text + "'");
        }
        long length = Long.parseLong(parts.group(2));
        return new Quota(
                Long.parseLong(parts.group(1)),
                switch (parts.group(3)) {
                    case "s" -> Duration.ofSeconds(length);
                    case "m" -> Duration.ofMinutes(length);
                    default -> Duration.ofHours(length);
                });
    }

    /** Microseconds after which so much is given back; at least one. */
    long costMicros(long part) {
        return Math.max(1, (long) ((double) worthMicros() * part / amount));
    }

    /** Microseconds that a whole quota is worth. */
    long worthMicros() {
        return window.toNanos() / 1000;
    }

    /** What so many microseconds are worth. */
    long amountOf(long micros) {
        return (long) ((double) micros * amount / worthMicros());
    }
}
