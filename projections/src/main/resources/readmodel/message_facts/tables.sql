-- Fact: one message. Grain: one MessageSent event. Measures only: what was said is not here.

CREATE TABLE message (
    position    bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    message_id  uuid        NOT NULL,
    room_id     uuid        NOT NULL,
    sender_id   uuid        NOT NULL,
    reply       boolean     NOT NULL,
    text_length integer     NOT NULL,
    CONSTRAINT message_pk PRIMARY KEY (position)
);

-- Facts arrive in the order of time: a block range index answers ranges of time at a thousandth of a b-tree's size.
CREATE INDEX message_by_time ON message USING brin (occurred_at);

COMMENT ON TABLE message IS 'One row for each message sent.';
COMMENT ON COLUMN message.position IS 'Log position of the sending.';
COMMENT ON COLUMN message.occurred_at IS 'When it was sent.';
COMMENT ON COLUMN message.message_id IS 'The message.';
COMMENT ON COLUMN message.room_id IS 'Room in which it was said.';
COMMENT ON COLUMN message.sender_id IS 'Person who said it.';
COMMENT ON COLUMN message.reply IS 'Whether it answers another message.';
COMMENT ON COLUMN message.text_length IS 'Length of the text in Unicode code points.';
