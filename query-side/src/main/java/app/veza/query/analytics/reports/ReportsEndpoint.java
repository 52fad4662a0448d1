package app.veza.query.analytics.reports;

import app.veza.query.analytics.AnalyticsStore;
import app.veza.query.analytics.reports.Report.Parameter;
import app.veza.query.http.Listing;
import app.veza.query.http.Problems;
import app.veza.query.http.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/analytics} and {@code GET /api/analytics/{report}}. */
@RestController
@RequestMapping("/api/analytics")
final class ReportsEndpoint {

    private static final int MOST_ROWS = 10_000;
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_LIMIT = 1_000;

    private final Reads reads;

    ReportsEndpoint(AnalyticsStore analytics) {
        this.reads = new Reads(analytics.positions());
    }

    /**
     * @param granularities the first one is meant when none is named
     * @param parameters besides from, to, granularity and format
     */
    record ReportDescription(
            String name,
            String description,
            List<String> granularities,
            List<String> parameters,
            List<ReportColumn> columns) {

        static ReportDescription of(Report report) {
            return new ReportDescription(
                    report.name(),
                    report.description(),
                    report.granularities().stream().map(Granularity::text).toList(),
                    report.parameters().stream().map(Parameter::text).sorted().toList(),
                    report.columns());
        }
    }

    @GetMapping
    Listing<ReportDescription> list() {
        return new Listing<>(Reports.ALL.stream().map(ReportDescription::of).toList(), null);
    }

    /**
     * @param from instant or day in UTC, whose whole period is in
     * @param to instant or day in UTC, exclusive
     * @param format {@code json} or {@code csv}; without it, as Accept says
     */
    @GetMapping(
            path = "/{report}",
            produces = {MediaType.APPLICATION_JSON_VALUE, ReportCsv.MEDIA_TYPE})
    ResponseEntity<ReportAnswer> one(
            @PathVariable("report") String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String granularity,
            @RequestParam(required = false) @Nullable UUID roomId,
            @RequestParam(required = false) @Nullable UUID streamId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        Report report = Reports.named(name)
                .orElseThrow(() -> Problems.notFound("There is no such report: GET /api/analytics lists them."));
        takes(report, Parameter.ROOM_ID, roomId);
        takes(report, Parameter.STREAM_ID, streamId);
        takes(report, Parameter.LIMIT, limit);
        if (report.name().equals("audience") && streamId == null) {
            throw Problems.malformed("streamId", "The audience is one of a stream: name it as streamId.");
        }
        MediaType type = type(format);
        Range range = Range.of(from, to, granularity, report.granularities(), Instant.now());
        ReportQuery query = new ReportQuery(report, range, roomId, streamId, limit(limit));
        ResponseEntity<ReportAnswer> answer = reads.answer(
                report.projections(), minPosition, snapshot -> answer(query, query.run(snapshot.sql(), MOST_ROWS)));
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .varyBy(HttpHeaders.ACCEPT);
        return type == null
                ? builder.body(answer.getBody())
                : builder.contentType(type).body(answer.getBody());
    }

    private static ReportAnswer answer(ReportQuery query, List<Map<String, @Nullable Object>> items) {
        if (items.size() > MOST_ROWS) {
            throw Problems.invalid(
                    "from",
                    "That are more than %,d rows: take a shorter time or a coarser granularity.".formatted(MOST_ROWS));
        }
        Range range = query.range();
        return new ReportAnswer(
                query.report().name(),
                range.from(),
                range.to(),
                range.granularity().text(),
                query.report().columns(),
                items);
    }

    private static void takes(Report report, Parameter parameter, @Nullable Object value) {
        if (value != null && !report.parameters().contains(parameter)) {
            throw Problems.invalid(
                    parameter.text(), "The report %s takes no %s.".formatted(report.name(), parameter.text()));
        }
    }

    private static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return USUAL_LIMIT;
        }
        if (limit < 1 || limit > MOST_LIMIT) {
            throw Problems.malformed("limit", "A limit is from 1 to " + MOST_LIMIT + ".");
        }
        return limit;
    }

    private static @Nullable MediaType type(@Nullable String format) {
        return switch (format) {
            case null -> null;
            case "json" -> MediaType.APPLICATION_JSON;
            case "csv" -> ReportCsv.TYPE;
            default -> throw Problems.malformed("format", "A format is json or csv.");
        };
    }
}
