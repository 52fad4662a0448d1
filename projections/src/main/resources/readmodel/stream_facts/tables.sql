-- Dimension: streams, an accumulating snapshot. Facts: times on the air, and listening from joining to leaving. Roll-up:
-- listening by stream and hour.

CREATE TABLE stream (
    stream_id        uuid        NOT NULL,
    position         bigint      NOT NULL,
    broadcaster_id   uuid        NOT NULL,
    visibility       text        NOT NULL CHECK (visibility IN ('public', 'private')),
    recorded         boolean     NOT NULL,
    created_at       timestamptz NOT NULL,
    ended_position   bigint,
    ended_at         timestamptz,
    segments         bigint      NOT NULL DEFAULT 0,
    stored_millis    bigint      NOT NULL DEFAULT 0,
    stored_bytes     bigint      NOT NULL DEFAULT 0,
    silent_millis    bigint      NOT NULL DEFAULT 0,
    recording_millis bigint,
    recording_bytes  bigint,
    CONSTRAINT stream_pk PRIMARY KEY (stream_id)
);

CREATE TABLE session (
    stream_id      uuid        NOT NULL,
    position       bigint      NOT NULL,
    started_at     timestamptz NOT NULL,
    ended_position bigint,
    ended_at       timestamptz,
    CONSTRAINT session_pk PRIMARY KEY (stream_id, position)
);

CREATE TABLE listening (
    listening_id    uuid        NOT NULL,
    position        bigint      NOT NULL,
    stream_id       uuid        NOT NULL,
    person_id       uuid        NOT NULL,
    joined_at       timestamptz NOT NULL,
    left_position   bigint,
    left_at         timestamptz,
    listened_millis bigint,
    reason          text CHECK (reason IN ('left', 'gone', 'stream_ended')),
    CONSTRAINT listening_pk PRIMARY KEY (listening_id)
) WITH (fillfactor = 90);

CREATE INDEX listening_by_stream ON listening (stream_id);
-- Facts arrive in the order of time: a block range index answers ranges of time at a thousandth of a b-tree's size.
CREATE INDEX listening_by_time ON listening USING brin (
    joined_at, position, ((joined_at AT TIME ZONE 'UTC')::date));

CREATE TABLE listening_hour (
    hour            timestamptz NOT NULL,
    stream_id       uuid        NOT NULL,
    joined          bigint      NOT NULL,
    listened_millis bigint      NOT NULL,
    CONSTRAINT listening_hour_pk PRIMARY KEY (hour, stream_id)
) WITH (fillfactor = 80);

CREATE INDEX listening_hour_by_date ON listening_hour USING brin (((hour AT TIME ZONE 'UTC')::date));

COMMENT ON TABLE stream IS 'One row for each live audio stream.';
COMMENT ON COLUMN stream.stream_id IS 'The stream.';
COMMENT ON COLUMN stream.position IS 'Log position of its creation.';
COMMENT ON COLUMN stream.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN stream.visibility IS 'public or private.';
COMMENT ON COLUMN stream.recorded IS 'Whether a recording is to be kept.';
COMMENT ON COLUMN stream.created_at IS 'When it was opened.';
COMMENT ON COLUMN stream.ended_position IS 'Log position of its end; null while it goes on.';
COMMENT ON COLUMN stream.ended_at IS 'When it ended; null while it goes on.';
COMMENT ON COLUMN stream.segments IS 'Segments stored.';
COMMENT ON COLUMN stream.stored_millis IS 'Duration of those segments, in milliseconds.';
COMMENT ON COLUMN stream.stored_bytes IS 'Size of those segments, all renditions together.';
COMMENT ON COLUMN stream.silent_millis IS 'Milliseconds of them in which nothing was to be heard.';
COMMENT ON COLUMN stream.recording_millis IS 'Duration of the recording, in milliseconds; null while or where there is none.';
COMMENT ON COLUMN stream.recording_bytes IS 'Size of the recording; null while or where there is none.';
COMMENT ON TABLE session IS 'One row for each time that a stream was on the air without interruption.';
COMMENT ON COLUMN session.stream_id IS 'The stream.';
COMMENT ON COLUMN session.position IS 'Log position of its begin.';
COMMENT ON COLUMN session.started_at IS 'When it began.';
COMMENT ON COLUMN session.ended_position IS 'Log position of the interruption or the end; null while it goes on.';
COMMENT ON COLUMN session.ended_at IS 'When it was interrupted or ended; null while it goes on.';
COMMENT ON TABLE listening IS 'One row for each time that somebody listened to a stream.';
COMMENT ON COLUMN listening.listening_id IS 'This one time.';
COMMENT ON COLUMN listening.position IS 'Log position of the joining.';
COMMENT ON COLUMN listening.stream_id IS 'The stream.';
COMMENT ON COLUMN listening.person_id IS 'Person who listened.';
COMMENT ON COLUMN listening.joined_at IS 'When they joined.';
COMMENT ON COLUMN listening.left_position IS 'Log position of the leaving; null while they listen.';
COMMENT ON COLUMN listening.left_at IS 'Last sign of listening; null while they listen.';
COMMENT ON COLUMN listening.listened_millis IS 'From joining to the last sign of listening, in milliseconds; null while they listen.';
COMMENT ON COLUMN listening.reason IS 'left, gone (no sign for too long) or stream_ended; null while they listen.';
COMMENT ON TABLE listening_hour IS 'Roll-up of listening, one row for each hour and stream with any; of listening that is over.';
COMMENT ON COLUMN listening_hour.hour IS 'Begin of the hour.';
COMMENT ON COLUMN listening_hour.stream_id IS 'The stream.';
COMMENT ON COLUMN listening_hour.joined IS 'How often somebody joined in it.';
COMMENT ON COLUMN listening_hour.listened_millis IS 'Milliseconds listened in it by all together.';
