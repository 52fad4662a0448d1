-- Dimension: people, without a word about who they are. Roll-up: on which days and in which hours a person did something.

CREATE TABLE person (
    person_id         uuid        NOT NULL,
    position          bigint      NOT NULL,
    registered_at     timestamptz NOT NULL,
    email_verified_at timestamptz,
    roles             text[]      NOT NULL DEFAULT '{user}',
    erased_at         timestamptz,
    CONSTRAINT person_pk PRIMARY KEY (person_id)
);

-- Written again whenever the person does something new on a day: room on the page keeps its index untouched.
CREATE TABLE person_day (
    date       date    NOT NULL,
    person_id  uuid    NOT NULL,
    position   bigint  NOT NULL,
    hours      integer NOT NULL,
    logged_in  boolean NOT NULL,
    chatted    boolean NOT NULL,
    read       boolean NOT NULL,
    listened   boolean NOT NULL,
    broadcast  boolean NOT NULL,
    CONSTRAINT person_day_pk PRIMARY KEY (date, person_id)
) WITH (fillfactor = 80);

COMMENT ON TABLE person IS 'One row for each person who ever registered.';
COMMENT ON COLUMN person.person_id IS 'The person.';
COMMENT ON COLUMN person.position IS 'Log position of the registration.';
COMMENT ON COLUMN person.registered_at IS 'When the person registered.';
COMMENT ON COLUMN person.email_verified_at IS 'When an address was first proved to be theirs; null while none is.';
COMMENT ON COLUMN person.roles IS 'What the person may do on the platform.';
COMMENT ON COLUMN person.erased_at IS 'When the person was erased; null while they are there.';
COMMENT ON TABLE person_day IS 'One row for each person and day in UTC on which they did something themselves.';
COMMENT ON COLUMN person_day.date IS 'Day in UTC.';
COMMENT ON COLUMN person_day.person_id IS 'The person.';
COMMENT ON COLUMN person_day.position IS 'Log position of the first thing that they did on that day.';
COMMENT ON COLUMN person_day.hours IS 'Bit h is set when they did something in hour h of that day, 0 to 23.';
COMMENT ON COLUMN person_day.logged_in IS 'Whether they logged in.';
COMMENT ON COLUMN person_day.chatted IS 'Whether they sent, changed or deleted a message or reacted to one.';
COMMENT ON COLUMN person_day.read IS 'Whether they read in a room.';
COMMENT ON COLUMN person_day.listened IS 'Whether they began to listen to a stream.';
COMMENT ON COLUMN person_day.broadcast IS 'Whether they were on the air with a stream.';
