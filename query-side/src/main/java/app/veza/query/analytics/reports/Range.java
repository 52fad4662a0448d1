package app.veza.query.analytics.reports;

import app.veza.query.http.Problems;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whole periods.
 *
 * @param from begin of the first one
 * @param to end of the last one, itself outside
 */
record Range(Instant from, Instant to, Granularity granularity) {

    /** A month of hours, three years of days. */
    static final int MOST_PERIODS = 1_500;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /**
     * @param from instant or day, its whole period is in; without it the usual number of periods before {@code to}
     * @param to instant or day, exclusive; without it the end of the period that now is in
     * @param offered the first one is meant when none is named
     * @throws org.springframework.web.ErrorResponseException 400 or 422 naming the parameter that is wrong
     */
    static Range of(
            @Nullable String from,
            @Nullable String to,
            @Nullable String granularity,
            List<Granularity> offered,
            Instant now) {
        Granularity cut = granularity(granularity, offered);
        Instant end = to == null ? cut.plus(cut.begin(now), 1) : ceiling(cut, instant("to", to));
        Instant begin = from == null ? cut.plus(cut.begin(end), -cut.usual()) : cut.begin(instant("from", from));
        if (!begin.isBefore(end)) {
            throw Problems.invalid("from", "from is before to: %s is not before %s.".formatted(begin, end));
        }
        long periods = cut.between(begin, end);
        if (periods > MOST_PERIODS) {
            throw Problems.invalid(
                    "from",
                    "That are %,d periods of a %s, at most %,d can be asked for: take a shorter time or a coarser granularity."
                            .formatted(periods, cut.text(), MOST_PERIODS));
        }
        return new Range(begin, end, cut);
    }

    private static Granularity granularity(@Nullable String text, List<Granularity> offered) {
        if (text == null) {
            return offered.getFirst();
        }
        String names = offered.stream().map(Granularity::text).collect(Collectors.joining(", "));
        Granularity named = Granularity.of(text)
                .orElseThrow(
                        () -> Problems.malformed("granularity", "A granularity of this report is: " + names + "."));
        if (!Set.copyOf(offered).contains(named)) {
            throw Problems.invalid("granularity", "This report has the granularities: " + names + ".");
        }
        return named;
    }

    private static Instant ceiling(Granularity cut, Instant at) {
        Instant begin = cut.begin(at);
        return begin.equals(at) ? at : cut.plus(begin, 1);
    }

    private static Instant instant(String parameter, String text) {
        Instant at;
        try {
            at = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw Problems.malformed(
                    parameter, "A time is as 2026-03-01T12:00:00Z or, for a day in UTC, as 2026-03-01.");
        }
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw Problems.invalid(parameter, "A time is between the years 2000 and 2100.");
        }
        return at;
    }
}
