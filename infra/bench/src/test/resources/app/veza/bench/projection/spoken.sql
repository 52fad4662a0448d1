CREATE TABLE spoken (
    position bigint PRIMARY KEY,
    room_id uuid NOT NULL,
    lot int NOT NULL,
    CONSTRAINT spoken_not_unlucky CHECK (lot <> 13)
);
