CREATE OR REPLACE VIEW view.fact_logins AS
SELECT position, occurred_at, (occurred_at AT TIME ZONE 'UTC')::date AS date_utc, person_id, session_id, succeeded
FROM ${schema}.login;

COMMENT ON VIEW view.fact_logins IS 'Fact, grain: one attempt to log in to an account that exists.';
COMMENT ON COLUMN view.fact_logins.position IS 'Log position of the attempt: key of the fact.';
COMMENT ON COLUMN view.fact_logins.occurred_at IS 'When it happened.';
COMMENT ON COLUMN view.fact_logins.date_utc IS 'Day in UTC on which it happened: joins the date dimension.';
COMMENT ON COLUMN view.fact_logins.person_id IS 'Person whose account it was.';
COMMENT ON COLUMN view.fact_logins.session_id IS 'Session that began; null for a wrong password or code, be it given where somebody signed in had to prove anew who they are.';
COMMENT ON COLUMN view.fact_logins.succeeded IS 'Whether a session began.';

CREATE OR REPLACE VIEW view.logins_hourly AS
SELECT hour, succeeded, failed FROM ${schema}.login_hour;

COMMENT ON VIEW view.logins_hourly IS 'Roll-up: attempts to log in by hour; hours without any are not there.';
COMMENT ON COLUMN view.logins_hourly.hour IS 'Begin of the hour.';
COMMENT ON COLUMN view.logins_hourly.succeeded IS 'Attempts after which a session began.';
COMMENT ON COLUMN view.logins_hourly.failed IS 'Wrong passwords and codes: at log-in, and where somebody signed in had to prove anew who they are.';

CREATE OR REPLACE VIEW view.logins_daily AS
SELECT (hour AT TIME ZONE 'UTC')::date AS date, sum(succeeded)::bigint AS succeeded, sum(failed)::bigint AS failed
FROM ${schema}.login_hour
GROUP BY 1;

COMMENT ON VIEW view.logins_daily IS 'Roll-up: attempts to log in by day; days without any are not there.';
COMMENT ON COLUMN view.logins_daily.date IS 'Day in UTC.';
COMMENT ON COLUMN view.logins_daily.succeeded IS 'Attempts after which a session began.';
COMMENT ON COLUMN view.logins_daily.failed IS 'Wrong passwords and codes: at log-in, and where somebody signed in had to prove anew who they are.';
