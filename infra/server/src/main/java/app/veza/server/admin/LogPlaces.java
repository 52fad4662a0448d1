package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.eventstore.EventLog;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Places in the log as a person says them: a position ({@code 1200}), an instant of RFC 3339 ({@code 2026-01-31T12:00:00Z})
 * or so long ago ({@code -90s}, {@code -15m}, {@code -2h}, {@code -7d}).
 */
public final class LogPlaces {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern AGO = Pattern.compile("-([0-9]{1,9})([smhd])");

    private final EventLog log;
    private final InstantSource clock;

    LogPlaces(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** The position before the first event to be read. */
    public long after(@Nullable String from) {
        if (from == null) {
            return 0;
        }
        return POSITION.matcher(from).matches()
                ? Math.max(0, Long.parseLong(from) - 1)
                : log.positionAt(instant("from", from));
    }

    /** The last position to be read: events at an instant and later are not. */
    public long upTo(@Nullable String to) {
        if (to == null) {
            return Long.MAX_VALUE;
        }
        if (POSITION.matcher(to).matches()) {
            return Long.parseLong(to);
        }
        Instant instant = instant("to", to);
        return instant.isAfter(clock.instant()) ? Long.MAX_VALUE : log.positionAt(instant);
    }

    private Instant instant(String parameter, String text) {
        Matcher ago = AGO.matcher(text);
        try {
            return ago.matches()
                    ? clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Rejection.malformed(
                    "/" + parameter,
                    "'%s' is no place in the log: %s is a position (1200), an instant (2026-01-31T12:00:00Z) or so long ago (-90s, -15m, -2h, -7d)."
                            .formatted(text, parameter));
        }
    }

    /** A time as a person says it: {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}. */
    static Duration time(String parameter, String text) {
        Matcher ago = AGO.matcher("-" + text);
        if (!ago.matches()) {
            throw Rejection.malformed(
                    "/" + parameter, "'%s' is no time: %s is such as 90s, 15m, 2h or 7d.".formatted(text, parameter));
        }
        return duration(Long.parseLong(ago.group(1)), ago.group(2));
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
