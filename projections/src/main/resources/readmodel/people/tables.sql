-- People as others see them: one row each. The username's uniqueness is a rule of the log, so nothing here enforces it.

CREATE TABLE person (
    person_id           uuid        NOT NULL,
    username            text        NOT NULL,
    username_key        text        COLLATE "C" NOT NULL,
    display_name        text        NOT NULL,
    display_name_key    text        COLLATE "C" NOT NULL,
    roles               text[]      NOT NULL,
    registered_position bigint      NOT NULL,
    registered_at       timestamptz NOT NULL,
    erased_at           timestamptz,
    CONSTRAINT person_pk PRIMARY KEY (person_id)
);

-- Searches are by prefix: byte order (collation C) lets LIKE 'x%' and the keyset of a page walk one index.
CREATE INDEX person_by_username ON person (username_key);
CREATE INDEX person_by_display_name ON person (display_name_key);

COMMENT ON TABLE person IS 'One row for each person who has or had an account.';
COMMENT ON COLUMN person.person_id IS 'Identity of the person (UUIDv7).';
COMMENT ON COLUMN person.username IS 'Unique name as the person typed it, 3-32 characters; U+001A when erased, as the other names.';
COMMENT ON COLUMN person.username_key IS 'Form of the username in which names are compared; unique by the log''s rules.';
COMMENT ON COLUMN person.display_name IS 'Name shown to others, 1-80 characters; not unique.';
COMMENT ON COLUMN person.display_name_key IS 'Form of the display name in which it is searched for: in lower case, ligatures and letters of full width as the plain ones.';
COMMENT ON COLUMN person.roles IS 'What the person may do on the platform: user, moderator, analyst, engineer, admin.';
COMMENT ON COLUMN person.registered_position IS 'Log position of the registration.';
COMMENT ON COLUMN person.registered_at IS 'When the account was opened.';
COMMENT ON COLUMN person.erased_at IS 'When the person was erased; null while they are there.';

CREATE TABLE block (
    person_id  uuid   NOT NULL,
    blocked_id uuid   NOT NULL,
    position   bigint NOT NULL,
    CONSTRAINT block_pk PRIMARY KEY (person_id, blocked_id)
);

COMMENT ON TABLE block IS 'Who does not want to hear from whom.';
COMMENT ON COLUMN block.person_id IS 'Who does not want to.';
COMMENT ON COLUMN block.blocked_id IS 'From whom.';
COMMENT ON COLUMN block.position IS 'Log position since which it is so.';
