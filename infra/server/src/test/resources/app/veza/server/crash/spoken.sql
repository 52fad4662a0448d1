CREATE TABLE spoken (
    position bigint PRIMARY KEY,
    room_id uuid NOT NULL,
    length int NOT NULL,
    CONSTRAINT spoken_not_unlucky CHECK (length <> 13)
);
