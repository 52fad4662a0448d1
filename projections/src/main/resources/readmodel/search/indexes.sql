-- The room is a word, too: a search within some rooms meets no posting of any other.
CREATE INDEX entry_words ON entry USING gin (words);
