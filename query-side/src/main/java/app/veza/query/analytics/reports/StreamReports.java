package app.veza.query.analytics.reports;

import static app.veza.query.analytics.reports.Report.CALENDAR;
import static app.veza.query.analytics.reports.Report.PERIOD;

import app.veza.query.analytics.reports.Report.Parameter;
import java.util.List;
import java.util.Set;

/** What is on the air, and who listens. */
final class StreamReports {

    private static final Set<String> STREAMS = Set.of("stream_facts");

    static final List<Report> ALL = List.of(
            new Report(
                    "streams",
                    "Streams that were on the air in the range, the newest first, with what each came to in all.",
                    STREAMS,
                    CALENDAR,
                    Set.of(Parameter.LIMIT),
                    List.of(
                            new ReportColumn("streamId", "id", "The stream."),
                            new ReportColumn("broadcasterId", "id", "Person who broadcasts."),
                            new ReportColumn("startedAt", "instant", "When it first was on the air within the range."),
                            new ReportColumn("endedAt", "instant", "When it ended; null while it goes on."),
                            new ReportColumn("liveSeconds", "number", "Seconds on the air, without interruptions."),
                            new ReportColumn("interruptions", "integer", "Interruptions after which it went on."),
                            new ReportColumn("listenings", "integer", "How often somebody joined."),
                            new ReportColumn("people", "integer", "Distinct people who joined."),
                            new ReportColumn("listenedSeconds", "number", "Seconds listened by all together."),
                            new ReportColumn("peakListeners", "integer", "Most who listened at the same time.")),
                    granularity -> """
                            select stream_id, s.broadcaster_id, a.started_at, s.ended_at, t.live_seconds,
                                t.interruptions, t.listenings, t.people, t.listened_seconds, t.peak_listeners
                            from (
                                select stream_id, min(started_at) as started_at
                                from view.fact_stream_sessions
                                where started_at < :to and coalesce(ended_at, 'infinity') > :from
                                group by stream_id
                                order by 2 desc, 1
                                limit :limit) a
                            join view.dim_streams s using (stream_id)
                            join view.stream_totals t using (stream_id)
                            order by a.started_at desc, stream_id"""),
            new Report(
                    "stream-hours",
                    "Hours on the air in each period, of all streams together.",
                    STREAMS,
                    List.of(Granularity.DAY, Granularity.WEEK, Granularity.MONTH),
                    Set.of(),
                    List.of(PERIOD, new ReportColumn("hours", "number", "Hours on the air, without interruptions.")),
                    granularity -> """
                            select period, coalesce(h.hours, 0)
                            from :periods
                            left join (
                                select date_trunc(':unit', cast(date as timestamp)) at time zone 'UTC' as period,
                                    sum(hours) as hours
                                from view.stream_hours_daily
                                where date >= :from_date and date < :to_date
                                group by 1) h using (period)
                            order by 1"""),
            new Report(
                    "listening",
                    "How much was listened in each period, to all streams or to one; of listening that is over.",
                    STREAMS,
                    CALENDAR,
                    Set.of(Parameter.STREAM_ID),
                    List.of(
                            PERIOD,
                            new ReportColumn("joined", "integer", "How often somebody joined."),
                            new ReportColumn("listenedSeconds", "number", "Seconds listened by all together.")),
                    granularity -> """
                            select period, coalesce(l.joined, 0), coalesce(l.seconds, 0)
                            from :periods
                            left join (
                                select date_trunc(':unit', hour, 'UTC') as period, cast(sum(joined) as bigint) as joined,
                                    sum(listened_seconds) as seconds
                                from view.listening_hourly
                                where hour >= :from and hour < :to and (:stream is null or stream_id = :stream)
                                group by 1) l using (period)
                            order by 1"""),
            // Moments of the curve before the range are taken together as one more period, which the rest follows from
            new Report(
                    "audience",
                    "Audience curve of one stream: how many listened at the same time.",
                    STREAMS,
                    List.of(Granularity.MINUTE, Granularity.HOUR, Granularity.DAY),
                    Set.of(Parameter.STREAM_ID),
                    List.of(
                            PERIOD,
                            new ReportColumn("listeners", "integer", "How many listened at the end of the period."),
                            new ReportColumn("peak", "integer", "Most who listened at the same time in it.")),
                    granularity -> """
                            with moment as (
                                select greatest(date_trunc(':unit', at, 'UTC'), :from - interval '1 :unit') as period,
                                    at, listeners
                                from view.stream_audience
                                where stream_id = :stream and at < :to
                            ), told as (
                                select period, max(listeners) as peak,
                                    (array_agg(listeners order by at desc))[1] as listeners
                                from moment group by period
                            ), filled as (
                                select period, t.peak, t.listeners, count(t.listeners) over (order by period) as part
                                from (select period from :periods union select :from - interval '1 :unit') p
                                left join told t using (period)
                            ), curve as (
                                select period, peak,
                                    coalesce(first_value(listeners) over (partition by part order by period), 0) as listeners
                                from filled
                            ), whole as (
                                select period, listeners,
                                    greatest(peak, coalesce(lag(listeners) over (order by period), 0)) as peak
                                from curve
                            )
                            select period, listeners, peak from whole where period >= :from order by 1"""));

    private StreamReports() {}
}
