CREATE OR REPLACE VIEW view.fact_notifications AS
SELECT position, notification_id, raised_at, (raised_at AT TIME ZONE 'UTC')::date AS date_utc, person_id, kind,
       actor_id, room_id, stream_id, read_position, read_at
FROM ${schema}.notification;

COMMENT ON VIEW view.fact_notifications IS 'Fact, grain: one notification, from being raised to being read.';
COMMENT ON COLUMN view.fact_notifications.position IS 'Log position of its raising: key of the fact.';
COMMENT ON COLUMN view.fact_notifications.notification_id IS 'The notification.';
COMMENT ON COLUMN view.fact_notifications.raised_at IS 'When it was raised.';
COMMENT ON COLUMN view.fact_notifications.date_utc IS 'Day in UTC on which it was raised: joins the date dimension.';
COMMENT ON COLUMN view.fact_notifications.person_id IS 'Person who is told.';
COMMENT ON COLUMN view.fact_notifications.kind IS 'mention, reply, direct_message, room_invitation, stream_live or security.';
COMMENT ON COLUMN view.fact_notifications.actor_id IS 'Person whose doing it tells of; null if nobody''s.';
COMMENT ON COLUMN view.fact_notifications.room_id IS 'Room it tells of; null if none.';
COMMENT ON COLUMN view.fact_notifications.stream_id IS 'Stream it tells of; null if none.';
COMMENT ON COLUMN view.fact_notifications.read_position IS 'Log position of the reading; null while unread.';
COMMENT ON COLUMN view.fact_notifications.read_at IS 'When it was read; null while unread.';

CREATE OR REPLACE VIEW view.fact_deliveries AS
SELECT position, occurred_at, (occurred_at AT TIME ZONE 'UTC')::date AS date_utc, notification_id, person_id, kind,
       channel, delivered, attempts, raised_at,
       extract(epoch FROM occurred_at - raised_at)::double precision AS latency_seconds
FROM ${schema}.delivery;

COMMENT ON VIEW view.fact_deliveries IS 'Fact, grain: one outcome of delivering a notification on a channel.';
COMMENT ON COLUMN view.fact_deliveries.position IS 'Log position of the outcome: key of the fact.';
COMMENT ON COLUMN view.fact_deliveries.occurred_at IS 'When the channel took or refused it.';
COMMENT ON COLUMN view.fact_deliveries.date_utc IS 'Day in UTC of that: joins the date dimension.';
COMMENT ON COLUMN view.fact_deliveries.notification_id IS 'The notification.';
COMMENT ON COLUMN view.fact_deliveries.person_id IS 'Person who is told.';
COMMENT ON COLUMN view.fact_deliveries.kind IS 'Kind of the notification.';
COMMENT ON COLUMN view.fact_deliveries.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN view.fact_deliveries.delivered IS 'Whether the channel took it.';
COMMENT ON COLUMN view.fact_deliveries.attempts IS 'How often it was tried.';
COMMENT ON COLUMN view.fact_deliveries.raised_at IS 'When the notification was raised.';
COMMENT ON COLUMN view.fact_deliveries.latency_seconds IS 'From raising to this outcome.';

CREATE OR REPLACE VIEW view.notifications_hourly AS
SELECT hour, kind, raised, read FROM ${schema}.notification_hour;

COMMENT ON VIEW view.notifications_hourly IS 'Roll-up: notifications by hour of raising and kind.';
COMMENT ON COLUMN view.notifications_hourly.hour IS 'Begin of the hour of raising.';
COMMENT ON COLUMN view.notifications_hourly.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN view.notifications_hourly.raised IS 'Notifications raised.';
COMMENT ON COLUMN view.notifications_hourly.read IS 'Of those, read since.';

CREATE OR REPLACE VIEW view.notifications_daily AS
SELECT (hour AT TIME ZONE 'UTC')::date AS date, kind, sum(raised)::bigint AS raised, sum(read)::bigint AS read
FROM ${schema}.notification_hour
GROUP BY 1, kind;

COMMENT ON VIEW view.notifications_daily IS 'Roll-up: notifications by day of raising and kind, summed from the hours.';
COMMENT ON COLUMN view.notifications_daily.date IS 'Day of raising in UTC.';
COMMENT ON COLUMN view.notifications_daily.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN view.notifications_daily.raised IS 'Notifications raised.';
COMMENT ON COLUMN view.notifications_daily.read IS 'Of those, read since.';

CREATE OR REPLACE VIEW view.deliveries_hourly AS
SELECT hour, kind, channel, delivered, failed, attempts,
       round(delivered::numeric / (delivered + failed), 4) AS rate,
       (latency_millis / 1000.0 / nullif(delivered, 0))::double precision AS latency_seconds
FROM ${schema}.delivery_hour;

COMMENT ON VIEW view.deliveries_hourly IS 'Roll-up: deliveries by hour of raising, kind and channel.';
COMMENT ON COLUMN view.deliveries_hourly.hour IS 'Begin of the hour of raising.';
COMMENT ON COLUMN view.deliveries_hourly.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN view.deliveries_hourly.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN view.deliveries_hourly.delivered IS 'How many the channel took.';
COMMENT ON COLUMN view.deliveries_hourly.failed IS 'How many it refused for good.';
COMMENT ON COLUMN view.deliveries_hourly.attempts IS 'How often was tried.';
COMMENT ON COLUMN view.deliveries_hourly.rate IS 'delivered of all that have an outcome, 0 to 1.';
COMMENT ON COLUMN view.deliveries_hourly.latency_seconds IS 'From raising to delivery on average; null when none was delivered.';

CREATE OR REPLACE VIEW view.deliveries_daily AS
SELECT (hour AT TIME ZONE 'UTC')::date AS date, kind, channel, sum(delivered)::bigint AS delivered,
       sum(failed)::bigint AS failed, sum(attempts)::bigint AS attempts,
       round(sum(delivered) / sum(delivered + failed), 4) AS rate,
       (sum(latency_millis) / 1000.0 / nullif(sum(delivered), 0))::double precision AS latency_seconds
FROM ${schema}.delivery_hour
GROUP BY 1, kind, channel;

COMMENT ON VIEW view.deliveries_daily IS 'Roll-up: deliveries by day of raising, kind and channel, summed from the hours. Percentiles of the latency: percentile_cont over fact_deliveries.';
COMMENT ON COLUMN view.deliveries_daily.date IS 'Day of raising in UTC.';
COMMENT ON COLUMN view.deliveries_daily.kind IS 'Kind of the notifications.';
COMMENT ON COLUMN view.deliveries_daily.channel IS 'inbox, email, sms or push.';
COMMENT ON COLUMN view.deliveries_daily.delivered IS 'How many the channel took.';
COMMENT ON COLUMN view.deliveries_daily.failed IS 'How many it refused for good.';
COMMENT ON COLUMN view.deliveries_daily.attempts IS 'How often was tried.';
COMMENT ON COLUMN view.deliveries_daily.rate IS 'delivered of all that have an outcome, 0 to 1.';
COMMENT ON COLUMN view.deliveries_daily.latency_seconds IS 'From raising to delivery on average; null when none was delivered.';
