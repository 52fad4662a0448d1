CREATE OR REPLACE VIEW view.people AS
SELECT person_id, username, username_key, display_name, display_name_key, registered_position, registered_at
FROM ${schema}.person;

COMMENT ON VIEW view.people IS 'People as others see them: one row for each account.';
COMMENT ON COLUMN view.people.person_id IS 'Identity of the person (UUIDv7).';
COMMENT ON COLUMN view.people.username IS 'Unique name as the person typed it.';
COMMENT ON COLUMN view.people.username_key IS 'Form of the username in which names are compared and sorted.';
COMMENT ON COLUMN view.people.display_name IS 'Name shown to others.';
COMMENT ON COLUMN view.people.display_name_key IS 'Display name in lower case, for searching.';
COMMENT ON COLUMN view.people.registered_position IS 'Log position of the registration.';
COMMENT ON COLUMN view.people.registered_at IS 'When the account was opened.';
