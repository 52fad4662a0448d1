CREATE OR REPLACE VIEW view.dim_streams AS
SELECT stream_id, position, broadcaster_id, visibility, recorded, created_at,
       (created_at AT TIME ZONE 'UTC')::date AS date_utc, ended_position, ended_at,
       segments, stored_millis / 1000.0 AS stored_seconds, stored_bytes, silent_millis / 1000.0 AS silent_seconds,
       recording_millis / 1000.0 AS recording_seconds, recording_bytes
FROM ${schema}.stream;

COMMENT ON VIEW view.dim_streams IS 'Dimension: live audio streams; the row grows as the stream goes on.';
COMMENT ON COLUMN view.dim_streams.stream_id IS 'The stream: key of the dimension.';
COMMENT ON COLUMN view.dim_streams.position IS 'Log position of its creation.';
COMMENT ON COLUMN view.dim_streams.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN view.dim_streams.visibility IS 'public or private.';
COMMENT ON COLUMN view.dim_streams.recorded IS 'Whether a recording is to be kept.';
COMMENT ON COLUMN view.dim_streams.created_at IS 'When it was opened.';
COMMENT ON COLUMN view.dim_streams.date_utc IS 'Day in UTC on which it was opened: joins the date dimension.';
COMMENT ON COLUMN view.dim_streams.ended_position IS 'Log position of its end; null while it goes on.';
COMMENT ON COLUMN view.dim_streams.ended_at IS 'When it ended; null while it goes on.';
COMMENT ON COLUMN view.dim_streams.segments IS 'Segments stored.';
COMMENT ON COLUMN view.dim_streams.stored_seconds IS 'Duration of those segments.';
COMMENT ON COLUMN view.dim_streams.stored_bytes IS 'Size of those segments, all renditions together.';
COMMENT ON COLUMN view.dim_streams.silent_seconds IS 'Seconds of them in which nothing was to be heard.';
COMMENT ON COLUMN view.dim_streams.recording_seconds IS 'Duration of the recording; null while or where there is none.';
COMMENT ON COLUMN view.dim_streams.recording_bytes IS 'Size of the recording; null while or where there is none.';

CREATE OR REPLACE VIEW view.fact_stream_sessions AS
SELECT position, stream_id, started_at, (started_at AT TIME ZONE 'UTC')::date AS date_utc, ended_position, ended_at,
       extract(epoch FROM ended_at - started_at)::double precision AS seconds
FROM ${schema}.session;

COMMENT ON VIEW view.fact_stream_sessions IS 'Fact, grain: one time that a stream was on the air without interruption.';
COMMENT ON COLUMN view.fact_stream_sessions.position IS 'Log position of its begin: key of the fact.';
COMMENT ON COLUMN view.fact_stream_sessions.stream_id IS 'The stream.';
COMMENT ON COLUMN view.fact_stream_sessions.started_at IS 'When it began.';
COMMENT ON COLUMN view.fact_stream_sessions.date_utc IS 'Day in UTC on which it began: joins the date dimension.';
COMMENT ON COLUMN view.fact_stream_sessions.ended_position IS 'Log position of the interruption or the end; null while it goes on.';
COMMENT ON COLUMN view.fact_stream_sessions.ended_at IS 'When it was interrupted or ended; null while it goes on.';
COMMENT ON COLUMN view.fact_stream_sessions.seconds IS 'How long it was; null while it goes on.';

CREATE OR REPLACE VIEW view.fact_listening AS
SELECT position, listening_id, stream_id, person_id, joined_at, (joined_at AT TIME ZONE 'UTC')::date AS date_utc,
       left_position, left_at, (listened_millis / 1000.0)::double precision AS seconds, reason
FROM ${schema}.listening;

COMMENT ON VIEW view.fact_listening IS 'Fact, grain: one time that somebody listened to a stream.';
COMMENT ON COLUMN view.fact_listening.position IS 'Log position of the joining: key of the fact.';
COMMENT ON COLUMN view.fact_listening.listening_id IS 'This one time: the same person may listen on several devices.';
COMMENT ON COLUMN view.fact_listening.stream_id IS 'The stream.';
COMMENT ON COLUMN view.fact_listening.person_id IS 'Person who listened.';
COMMENT ON COLUMN view.fact_listening.joined_at IS 'When they joined.';
COMMENT ON COLUMN view.fact_listening.date_utc IS 'Day in UTC on which they joined: joins the date dimension.';
COMMENT ON COLUMN view.fact_listening.left_position IS 'Log position of the leaving; null while they listen.';
COMMENT ON COLUMN view.fact_listening.left_at IS 'Last sign of listening; null while they listen.';
COMMENT ON COLUMN view.fact_listening.seconds IS 'From joining to the last sign of listening; null while they listen.';
COMMENT ON COLUMN view.fact_listening.reason IS 'left, gone (no sign for too long) or stream_ended; null while they listen.';

CREATE OR REPLACE VIEW view.stream_audience AS
SELECT stream_id, at, sum(sum(change)) OVER (PARTITION BY stream_id ORDER BY at)::bigint AS listeners
FROM (SELECT stream_id, joined_at AS at, 1 AS change FROM ${schema}.listening
      UNION ALL
      SELECT stream_id, left_at, -1 FROM ${schema}.listening WHERE left_at IS NOT NULL) c
GROUP BY stream_id, at;

COMMENT ON VIEW view.stream_audience IS 'Audience curve: how many listened at the same time, from each moment to the next one of the stream.';
COMMENT ON COLUMN view.stream_audience.stream_id IS 'The stream: restrict it, it is indexed.';
COMMENT ON COLUMN view.stream_audience.at IS 'Moment at which somebody joined or left.';
COMMENT ON COLUMN view.stream_audience.listeners IS 'How many listened from this moment on; the same person on two devices counts twice.';

CREATE OR REPLACE VIEW view.listening_hourly AS
SELECT hour, stream_id, joined, (listened_millis / 1000.0)::double precision AS listened_seconds,
       (listened_millis / 3600000.0)::double precision AS average_listeners
FROM ${schema}.listening_hour;

COMMENT ON VIEW view.listening_hourly IS 'Roll-up: listening by hour and stream, of listening that is over.';
COMMENT ON COLUMN view.listening_hourly.hour IS 'Begin of the hour.';
COMMENT ON COLUMN view.listening_hourly.stream_id IS 'The stream.';
COMMENT ON COLUMN view.listening_hourly.joined IS 'How often somebody joined in it.';
COMMENT ON COLUMN view.listening_hourly.listened_seconds IS 'Seconds listened in it by all together.';
COMMENT ON COLUMN view.listening_hourly.average_listeners IS 'How many listened on average over the whole hour.';

CREATE OR REPLACE VIEW view.listening_daily AS
SELECT (hour AT TIME ZONE 'UTC')::date AS date, stream_id, sum(joined)::bigint AS joined,
       (sum(listened_millis) / 1000.0)::double precision AS listened_seconds
FROM ${schema}.listening_hour
GROUP BY 1, stream_id;

COMMENT ON VIEW view.listening_daily IS 'Roll-up: listening by day and stream, summed from the hours.';
COMMENT ON COLUMN view.listening_daily.date IS 'Day in UTC.';
COMMENT ON COLUMN view.listening_daily.stream_id IS 'The stream.';
COMMENT ON COLUMN view.listening_daily.joined IS 'How often somebody joined on it.';
COMMENT ON COLUMN view.listening_daily.listened_seconds IS 'Seconds listened on it by all together.';

-- A comparison reads its two sides in two transactions, whose now() are two: it sets one for both.
CREATE OR REPLACE VIEW view.stream_air_times AS
SELECT stream_id, started_at,
       coalesce(ended_at, nullif(current_setting('veza.now', true), '')::timestamptz, now()) AS until
FROM ${schema}.session;

COMMENT ON VIEW view.stream_air_times IS 'Times on the air without interruption; what is on the air counts up to now, or to the setting veza.now.';
COMMENT ON COLUMN view.stream_air_times.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_air_times.started_at IS 'When it began.';
COMMENT ON COLUMN view.stream_air_times.until IS 'When it was interrupted or ended; now, while it goes on.';

CREATE OR REPLACE VIEW view.stream_sessions_hourly AS
SELECT hour, stream_id, count(*) FILTER (WHERE started_at >= hour) AS started,
       sum(extract(epoch FROM least(until, hour + interval '1 hour') - greatest(started_at, hour)))::double precision
           AS live_seconds
FROM view.stream_air_times
CROSS JOIN LATERAL generate_series(date_trunc('hour', started_at, 'UTC'), until, interval '1 hour') AS hour
WHERE hour < until OR hour <= started_at
GROUP BY 1, 2;

COMMENT ON VIEW view.stream_sessions_hourly IS 'Roll-up: times on the air by hour and stream, cut at the hours; what is on the air counts up to now.';
COMMENT ON COLUMN view.stream_sessions_hourly.hour IS 'Begin of the hour.';
COMMENT ON COLUMN view.stream_sessions_hourly.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_sessions_hourly.started IS 'How often it went on the air in it, after interruptions, too.';
COMMENT ON COLUMN view.stream_sessions_hourly.live_seconds IS 'Seconds on the air in it, without interruptions.';

CREATE OR REPLACE VIEW view.stream_hours_daily AS
SELECT d::date AS date, count(DISTINCT stream_id) AS streams,
       (sum(extract(epoch FROM least(until, (d + interval '1 day') AT TIME ZONE 'UTC')
           - greatest(started_at, d AT TIME ZONE 'UTC'))) / 3600)::double precision AS hours
FROM view.stream_air_times
CROSS JOIN LATERAL generate_series(
    date_trunc('day', started_at AT TIME ZONE 'UTC'), until AT TIME ZONE 'UTC', interval '1 day') AS d
GROUP BY 1;

COMMENT ON VIEW view.stream_hours_daily IS 'Hours on the air by day, without interruptions; what is on the air counts up to now.';
COMMENT ON COLUMN view.stream_hours_daily.date IS 'Day in UTC.';
COMMENT ON COLUMN view.stream_hours_daily.streams IS 'Streams that were on the air on it.';
COMMENT ON COLUMN view.stream_hours_daily.hours IS 'Hours on the air on it, of all streams together.';

CREATE OR REPLACE VIEW view.stream_totals AS
SELECT s.stream_id, l.listenings, l.people, l.listened_seconds, p.peak_listeners, a.live_seconds, a.interruptions
FROM ${schema}.stream s
LEFT JOIN LATERAL (
    SELECT count(*) AS listenings, count(DISTINCT person_id) AS people,
           coalesce(sum(listened_millis) / 1000.0, 0)::double precision AS listened_seconds
    FROM ${schema}.listening WHERE stream_id = s.stream_id) l ON true
LEFT JOIN LATERAL (
    SELECT coalesce(max(listeners), 0) AS peak_listeners
    FROM view.stream_audience WHERE stream_id = s.stream_id) p ON true
LEFT JOIN LATERAL (
    SELECT coalesce(sum(extract(epoch FROM until - started_at)), 0)::double precision AS live_seconds,
           greatest(count(*) - 1, 0) AS interruptions
    FROM view.stream_air_times WHERE stream_id = s.stream_id) a ON true;

COMMENT ON VIEW view.stream_totals IS 'What each stream came to.';
COMMENT ON COLUMN view.stream_totals.stream_id IS 'The stream.';
COMMENT ON COLUMN view.stream_totals.listenings IS 'How often somebody joined.';
COMMENT ON COLUMN view.stream_totals.people IS 'Distinct people who joined.';
COMMENT ON COLUMN view.stream_totals.listened_seconds IS 'Seconds listened by all together, of listening that is over.';
COMMENT ON COLUMN view.stream_totals.peak_listeners IS 'Most who listened at the same time.';
COMMENT ON COLUMN view.stream_totals.live_seconds IS 'Seconds on the air, without interruptions; up to now while it is on the air.';
COMMENT ON COLUMN view.stream_totals.interruptions IS 'Interruptions after which it went on.';
