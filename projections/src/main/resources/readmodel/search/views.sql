CREATE OR REPLACE VIEW view.message_words AS
SELECT room_id, message_id, position, sender_id, words
FROM ${schema}.entry;

COMMENT ON VIEW view.message_words IS 'What messages can be found by. Whoever asks must see to it that the room is one of theirs.';
COMMENT ON COLUMN view.message_words.room_id IS 'Room of the message.';
COMMENT ON COLUMN view.message_words.message_id IS 'The message.';
COMMENT ON COLUMN view.message_words.position IS 'Position of its sending.';
COMMENT ON COLUMN view.message_words.sender_id IS 'Who said it.';
COMMENT ON COLUMN view.message_words.words IS 'Its words without accents and case, of scripts without spaces each two neighbours; and the word r<room>, its id without hyphens.';
