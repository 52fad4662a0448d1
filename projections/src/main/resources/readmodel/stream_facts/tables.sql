-- Fact: one live audio stream from its creation to its end (an accumulating snapshot: the row grows as the stream goes on).

CREATE TABLE stream (
    stream_id      uuid        NOT NULL,
    position       bigint      NOT NULL,
    broadcaster_id uuid        NOT NULL,
    visibility     text        NOT NULL CHECK (visibility IN ('public', 'private')),
    recorded       boolean     NOT NULL,
    created_at     timestamptz NOT NULL,
    ended_position bigint,
    ended_at       timestamptz,
    CONSTRAINT stream_pk PRIMARY KEY (stream_id)
);

CREATE INDEX stream_by_time ON stream (created_at);

COMMENT ON TABLE stream IS 'One row for each live audio stream.';
COMMENT ON COLUMN stream.stream_id IS 'The stream.';
COMMENT ON COLUMN stream.position IS 'Log position of its creation.';
COMMENT ON COLUMN stream.broadcaster_id IS 'Person who broadcasts.';
COMMENT ON COLUMN stream.visibility IS 'public or private.';
COMMENT ON COLUMN stream.recorded IS 'Whether a recording is kept.';
COMMENT ON COLUMN stream.created_at IS 'When it was opened.';
COMMENT ON COLUMN stream.ended_position IS 'Log position of its end; null while it goes on.';
COMMENT ON COLUMN stream.ended_at IS 'When it ended; null while it goes on.';
