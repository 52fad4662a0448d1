package app.veza.query.analytics.reports;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param from begin of the first period
 * @param to end of the last period, itself outside
 * @param columns of every item, in the order in which CSV has them
 * @param items one a row; what is unknown is null
 */
record ReportAnswer(
        String report,
        Instant from,
        Instant to,
        String granularity,
        List<ReportColumn> columns,
        List<Map<String, @Nullable Object>> items) {}
