-- The words of messages, apart from the messages: an inverted index is by far the dearest thing to fill, and neither history nor unread
-- counts wait for it. Partitioned by hash of the room, as messages are.

CREATE TABLE entry (
    room_id    uuid     NOT NULL,
    message_id uuid     NOT NULL,
    position   bigint   NOT NULL,
    sender_id  uuid     NOT NULL,
    words      tsvector NOT NULL,
    -- Edits and deletions name the message; ids rise with time, so each room's part grows at its end.
    CONSTRAINT entry_pk PRIMARY KEY (room_id, message_id)
) PARTITION BY HASH (room_id);

DO $$
BEGIN
    FOR i IN 0..7 LOOP
        EXECUTE format('CREATE TABLE entry_p%s PARTITION OF entry FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    END LOOP;
END $$;

-- For the erasure of a person; equal keys share an entry, so it is small.
CREATE INDEX entry_by_sender ON entry (sender_id);

COMMENT ON TABLE entry IS 'One row for each message that can be found; deleted ones, and those of who was erased, cannot.';
COMMENT ON COLUMN entry.room_id IS 'Room of the message.';
COMMENT ON COLUMN entry.message_id IS 'The message.';
COMMENT ON COLUMN entry.position IS 'Position of its sending: hits are shown from the newest.';
COMMENT ON COLUMN entry.sender_id IS 'Who said it.';
COMMENT ON COLUMN entry.words IS 'Its words without accents and case, of scripts without spaces each two neighbours; and the word r<room>, its id without hyphens.';
