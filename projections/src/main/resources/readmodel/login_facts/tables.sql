-- Fact: one attempt of a person to log in. Grain: one LoggedIn or LoginFailed event. No address and no user agent.

CREATE TABLE login (
    position    bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    person_id   uuid        NOT NULL,
    session_id  uuid,
    succeeded   boolean     NOT NULL,
    CONSTRAINT login_pk PRIMARY KEY (position)
);

-- Facts arrive in the order of time: a block range index answers ranges of time at a thousandth of a b-tree's size.
CREATE INDEX login_by_time ON login USING brin (occurred_at, ((occurred_at AT TIME ZONE 'UTC')::date));

CREATE TABLE login_hour (
    hour      timestamptz NOT NULL,
    succeeded bigint      NOT NULL,
    failed    bigint      NOT NULL,
    CONSTRAINT login_hour_pk PRIMARY KEY (hour)
);

COMMENT ON TABLE login IS 'One row for each attempt to log in to an account that exists.';
COMMENT ON COLUMN login.position IS 'Log position of the attempt.';
COMMENT ON COLUMN login.occurred_at IS 'When it happened.';
COMMENT ON COLUMN login.person_id IS 'Person whose account it was.';
COMMENT ON COLUMN login.session_id IS 'Session that began; null when the attempt failed.';
COMMENT ON COLUMN login.succeeded IS 'Whether a session began.';
COMMENT ON TABLE login_hour IS 'Roll-up of attempts to log in, one row for each hour with any.';
COMMENT ON COLUMN login_hour.hour IS 'Begin of the hour.';
COMMENT ON COLUMN login_hour.succeeded IS 'Attempts after which a session began.';
COMMENT ON COLUMN login_hour.failed IS 'Attempts with a wrong password.';
