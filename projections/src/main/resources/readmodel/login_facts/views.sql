CREATE OR REPLACE VIEW view.fact_logins AS
SELECT position, occurred_at, (occurred_at AT TIME ZONE 'UTC')::date AS date_utc, person_id, session_id, succeeded
FROM ${schema}.login;

COMMENT ON VIEW view.fact_logins IS 'Fact, grain: one attempt to log in to an account that exists.';
COMMENT ON COLUMN view.fact_logins.position IS 'Log position of the attempt: key of the fact.';
COMMENT ON COLUMN view.fact_logins.occurred_at IS 'When it happened.';
COMMENT ON COLUMN view.fact_logins.date_utc IS 'Day in UTC on which it happened: joins the date dimension.';
COMMENT ON COLUMN view.fact_logins.person_id IS 'Person whose account it was.';
COMMENT ON COLUMN view.fact_logins.session_id IS 'Session that began; null when the attempt failed.';
COMMENT ON COLUMN view.fact_logins.succeeded IS 'Whether a session began.';
