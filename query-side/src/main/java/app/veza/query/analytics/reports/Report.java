package app.veza.query.analytics.reports;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What can be asked, and the SQL upon the analysts' views that answers it.
 *
 * @param name in the path
 * @param projections whose views the SQL reads
 * @param granularities the first one is meant when none is named
 * @param parameters it takes besides the range
 * @param columns one for each of the SQL's, in order
 * @param sql see {@link ReportQuery}
 */
record Report(
        String name,
        String description,
        Set<String> projections,
        List<Granularity> granularities,
        Set<Parameter> parameters,
        List<ReportColumn> columns,
        Function<Granularity, String> sql) {

    /** Of every granularity but the minute, days first. */
    static final List<Granularity> CALENDAR =
            List.of(Granularity.DAY, Granularity.HOUR, Granularity.WEEK, Granularity.MONTH);

    static final ReportColumn PERIOD = new ReportColumn("period", "instant", "Begin of the period.");

    enum Parameter {
        ROOM_ID("roomId"),
        STREAM_ID("streamId"),
        LIMIT("limit");

        private final String text;

        Parameter(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
