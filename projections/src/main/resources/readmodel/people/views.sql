CREATE OR REPLACE VIEW view.people AS
SELECT person_id, username, username_key, display_name, display_name_key, roles, registered_position, registered_at, erased_at
FROM ${schema}.person;

COMMENT ON VIEW view.people IS 'People as others see them: one row for each account, those who were erased included.';
COMMENT ON COLUMN view.people.person_id IS 'Identity of the person (UUIDv7).';
COMMENT ON COLUMN view.people.username IS 'Unique name as the person typed it; U+001A when erased, as the other names.';
COMMENT ON COLUMN view.people.username_key IS 'Form of the username in which names are compared and sorted.';
COMMENT ON COLUMN view.people.display_name IS 'Name shown to others.';
COMMENT ON COLUMN view.people.display_name_key IS 'Form of the display name in which it is searched for: in lower case, ligatures and letters of full width as the plain ones.';
COMMENT ON COLUMN view.people.roles IS 'What the person may do on the platform: user, moderator, analyst, engineer, admin.';
COMMENT ON COLUMN view.people.registered_position IS 'Log position of the registration.';
COMMENT ON COLUMN view.people.registered_at IS 'When the account was opened.';
COMMENT ON COLUMN view.people.erased_at IS 'When the person was erased; null while they are there.';

CREATE OR REPLACE VIEW view.blocks AS
SELECT person_id, blocked_id, position
FROM ${schema}.block;

COMMENT ON VIEW view.blocks IS 'Who does not want to hear from whom.';
COMMENT ON COLUMN view.blocks.person_id IS 'Who does not want to.';
COMMENT ON COLUMN view.blocks.blocked_id IS 'From whom.';
COMMENT ON COLUMN view.blocks.position IS 'Log position since which it is so.';
