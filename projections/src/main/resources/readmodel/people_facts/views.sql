CREATE OR REPLACE VIEW view.dim_people AS
SELECT person_id, position, registered_at,
       (registered_at AT TIME ZONE 'UTC')::date AS registered_on,
       date_trunc('week', registered_at AT TIME ZONE 'UTC')::date AS registered_week,
       email_verified_at, roles, erased_at
FROM ${schema}.person;

COMMENT ON VIEW view.dim_people IS 'Dimension: people who ever registered. Who they are is not here.';
COMMENT ON COLUMN view.dim_people.person_id IS 'The person: key of the dimension.';
COMMENT ON COLUMN view.dim_people.position IS 'Log position of the registration.';
COMMENT ON COLUMN view.dim_people.registered_at IS 'When the person registered.';
COMMENT ON COLUMN view.dim_people.registered_on IS 'Day in UTC of the registration: joins the date dimension.';
COMMENT ON COLUMN view.dim_people.registered_week IS 'Monday of the week of the registration, in UTC.';
COMMENT ON COLUMN view.dim_people.email_verified_at IS 'When an address was first proved to be theirs; null while none is.';
COMMENT ON COLUMN view.dim_people.roles IS 'What the person may do on the platform.';
COMMENT ON COLUMN view.dim_people.erased_at IS 'When the person was erased; null while they are there.';

CREATE OR REPLACE VIEW view.dim_dates AS
SELECT d::date AS date, extract(isodow FROM d)::integer AS weekday, to_char(d, 'FMDay') AS weekday_name,
       extract(isodow FROM d) >= 6 AS weekend, date_trunc('week', d)::date AS week,
       extract(week FROM d)::integer AS week_number, extract(isoyear FROM d)::integer AS week_year,
       date_trunc('month', d)::date AS month, date_trunc('quarter', d)::date AS quarter,
       extract(year FROM d)::integer AS year
FROM generate_series(timestamp '2020-01-01', timestamp '2049-12-31', interval '1 day') AS d;

COMMENT ON VIEW view.dim_dates IS 'Dimension: every day from 2020 to 2049.';
COMMENT ON COLUMN view.dim_dates.date IS 'The day: key of the dimension; facts name it in UTC.';
COMMENT ON COLUMN view.dim_dates.weekday IS '1 is Monday, 7 is Sunday.';
COMMENT ON COLUMN view.dim_dates.weekday_name IS 'Monday to Sunday.';
COMMENT ON COLUMN view.dim_dates.weekend IS 'Whether it is a Saturday or a Sunday.';
COMMENT ON COLUMN view.dim_dates.week IS 'Monday of its week.';
COMMENT ON COLUMN view.dim_dates.week_number IS 'Number of its week by ISO 8601.';
COMMENT ON COLUMN view.dim_dates.week_year IS 'Year that this week belongs to by ISO 8601.';
COMMENT ON COLUMN view.dim_dates.month IS 'First day of its month.';
COMMENT ON COLUMN view.dim_dates.quarter IS 'First day of its quarter.';
COMMENT ON COLUMN view.dim_dates.year IS 'Its year.';

CREATE OR REPLACE VIEW view.fact_activity AS
SELECT date, person_id, position, hours, logged_in, chatted, read, listened, broadcast
FROM ${schema}.person_day;

COMMENT ON VIEW view.fact_activity IS 'Fact, grain: one person on one day in UTC on which they did something themselves. Refreshing a session is not: a program does it.';
COMMENT ON COLUMN view.fact_activity.date IS 'Day in UTC: joins the date dimension.';
COMMENT ON COLUMN view.fact_activity.person_id IS 'The person.';
COMMENT ON COLUMN view.fact_activity.position IS 'Log position of the first thing that they did on that day.';
COMMENT ON COLUMN view.fact_activity.hours IS 'Bit h is set when they did something in hour h of that day: hours & (1 << 14) <> 0 for 14:00 to 15:00.';
COMMENT ON COLUMN view.fact_activity.logged_in IS 'Whether they logged in.';
COMMENT ON COLUMN view.fact_activity.chatted IS 'Whether they sent, changed or deleted a message or reacted to one.';
COMMENT ON COLUMN view.fact_activity.read IS 'Whether they read in a room.';
COMMENT ON COLUMN view.fact_activity.listened IS 'Whether they began to listen to a stream.';
COMMENT ON COLUMN view.fact_activity.broadcast IS 'Whether they went on the air with a stream, or came back to it: who is on the air past midnight did so the day before.';

CREATE OR REPLACE VIEW view.active_people_hourly AS
SELECT date, (date + make_interval(hours => h)) AT TIME ZONE 'UTC' AS hour, count(*) AS people
FROM ${schema}.person_day CROSS JOIN generate_series(0, 23) AS h
WHERE hours & (1 << h) <> 0
GROUP BY date, h;

COMMENT ON VIEW view.active_people_hourly IS 'Distinct people who did something, by hour; hours without any are not there.';
COMMENT ON COLUMN view.active_people_hourly.date IS 'Day in UTC: restrict it, it is indexed.';
COMMENT ON COLUMN view.active_people_hourly.hour IS 'Begin of the hour.';
COMMENT ON COLUMN view.active_people_hourly.people IS 'Distinct people who did something in it.';

CREATE OR REPLACE VIEW view.active_people_daily AS
SELECT date, count(*) AS people,
       count(*) FILTER (WHERE logged_in) AS logged_in, count(*) FILTER (WHERE chatted) AS chatted,
       count(*) FILTER (WHERE read) AS read, count(*) FILTER (WHERE listened) AS listened,
       count(*) FILTER (WHERE broadcast) AS broadcast
FROM ${schema}.person_day
GROUP BY date;

COMMENT ON VIEW view.active_people_daily IS 'Distinct people who did something, by day; days without any are not there.';
COMMENT ON COLUMN view.active_people_daily.date IS 'Day in UTC.';
COMMENT ON COLUMN view.active_people_daily.people IS 'Distinct people who did something.';
COMMENT ON COLUMN view.active_people_daily.logged_in IS 'Of those, who logged in.';
COMMENT ON COLUMN view.active_people_daily.chatted IS 'Of those, who sent, changed or deleted a message or reacted to one.';
COMMENT ON COLUMN view.active_people_daily.read IS 'Of those, who read in a room.';
COMMENT ON COLUMN view.active_people_daily.listened IS 'Of those, who began to listen to a stream.';
COMMENT ON COLUMN view.active_people_daily.broadcast IS 'Of those, who went on the air with a stream, or came back to it: who is on the air past midnight did so the day before.';

CREATE OR REPLACE VIEW view.active_people_weekly AS
SELECT week, count(*) AS people
FROM (SELECT DISTINCT date_trunc('week', date::timestamp)::date AS week, person_id FROM ${schema}.person_day) d
GROUP BY week;

COMMENT ON VIEW view.active_people_weekly IS 'Distinct people who did something, by week from Monday on.';
COMMENT ON COLUMN view.active_people_weekly.week IS 'Monday of the week, in UTC.';
COMMENT ON COLUMN view.active_people_weekly.people IS 'Distinct people who did something.';

CREATE OR REPLACE VIEW view.active_people_monthly AS
SELECT month, count(*) AS people
FROM (SELECT DISTINCT date_trunc('month', date::timestamp)::date AS month, person_id FROM ${schema}.person_day) d
GROUP BY month;

COMMENT ON VIEW view.active_people_monthly IS 'Distinct people who did something, by month.';
COMMENT ON COLUMN view.active_people_monthly.month IS 'First day of the month, in UTC.';
COMMENT ON COLUMN view.active_people_monthly.people IS 'Distinct people who did something.';

CREATE OR REPLACE VIEW view.new_people_daily AS
SELECT date, coalesce(registered, 0) AS registered, coalesce(erased, 0) AS erased,
       sum(coalesce(registered, 0) - coalesce(erased, 0)) OVER (ORDER BY date)::bigint AS people
FROM (SELECT (registered_at AT TIME ZONE 'UTC')::date AS date, count(*) AS registered
      FROM ${schema}.person GROUP BY 1) r
FULL JOIN (SELECT (erased_at AT TIME ZONE 'UTC')::date AS date, count(*) AS erased
      FROM ${schema}.person WHERE erased_at IS NOT NULL GROUP BY 1) e USING (date);

COMMENT ON VIEW view.new_people_daily IS 'Who came and who went, by day; days without either are not there.';
COMMENT ON COLUMN view.new_people_daily.date IS 'Day in UTC.';
COMMENT ON COLUMN view.new_people_daily.registered IS 'People who registered on it.';
COMMENT ON COLUMN view.new_people_daily.erased IS 'People who were erased on it.';
COMMENT ON COLUMN view.new_people_daily.people IS 'People there were at its end.';

CREATE OR REPLACE VIEW view.retention_weekly AS
WITH cohort AS (
    SELECT person_id, date_trunc('week', registered_at AT TIME ZONE 'UTC')::date AS week FROM ${schema}.person
), size AS (
    SELECT week, count(*) AS people FROM cohort GROUP BY week
), active AS (
    SELECT c.week, (d.week - c.week) / 7 AS weeks_after, count(*) AS people
    FROM (SELECT DISTINCT date_trunc('week', date::timestamp)::date AS week, person_id FROM ${schema}.person_day) d
    JOIN cohort c USING (person_id)
    GROUP BY 1, 2
)
SELECT s.week AS cohort_week, w.weeks_after, s.people AS cohort_people, coalesce(a.people, 0) AS active_people,
       round(coalesce(a.people, 0)::numeric / s.people, 4) AS rate
FROM size s
CROSS JOIN LATERAL generate_series(0, (
    (SELECT date_trunc('week', max(date)::timestamp)::date FROM ${schema}.person_day) - s.week) / 7) AS w (weeks_after)
LEFT JOIN active a USING (week, weeks_after);

COMMENT ON VIEW view.retention_weekly IS 'Weekly cohorts: of the people who registered in a week, how many did something so many weeks after, up to the newest week with any activity.';
COMMENT ON COLUMN view.retention_weekly.cohort_week IS 'Monday of the week of registration, in UTC.';
COMMENT ON COLUMN view.retention_weekly.weeks_after IS '0 is the week of registration itself.';
COMMENT ON COLUMN view.retention_weekly.cohort_people IS 'People who registered in that week, erased ones too.';
COMMENT ON COLUMN view.retention_weekly.active_people IS 'Of those, who did something in the week so many weeks after.';
COMMENT ON COLUMN view.retention_weekly.rate IS 'active_people of cohort_people, 0 to 1.';
