package app.veza.query.analytics.reports;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Into what a report cuts time, in UTC; weeks begin on Monday. */
enum Granularity {
    MINUTE(ChronoUnit.MINUTES, 60),
    HOUR(ChronoUnit.HOURS, 24),
    DAY(ChronoUnit.DAYS, 30),
    WEEK(ChronoUnit.WEEKS, 12),
    MONTH(ChronoUnit.MONTHS, 12);

    private final ChronoUnit step;
    private final int usual;

    Granularity(ChronoUnit step, int usual) {
        this.step = step;
        this.usual = usual;
    }

    /** As it stands in requests and answers, and as PostgreSQL's {@code date_trunc} and intervals call it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Granularity> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }

    /** How many periods a report shows when it is not said. */
    int usual() {
        return usual;
    }

    /** Begin of the period that {@code at} is in. */
    Instant begin(Instant at) {
        LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case MINUTE, HOUR, DAY -> at.truncatedTo(step);
            case WEEK -> midnight(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> midnight(date.withDayOfMonth(1));
        };
    }

    /** The begin of a period, so many periods later. */
    Instant plus(Instant begin, long periods) {
        return begin.atOffset(ZoneOffset.UTC).plus(periods, step).toInstant();
    }

    /** Periods between two begins. */
    long between(Instant from, Instant to) {
        return step.between(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
    }

    private static Instant midnight(LocalDate date) {
        return OffsetDateTime.of(date, LocalTime.MIDNIGHT, ZoneOffset.UTC).toInstant();
    }
}
