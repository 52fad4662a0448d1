package app.veza.eventstore.json;

/**
 * An event whose type this version of the program does not know: written by a newer one, or of another context. Readers
 * pass it by; nobody fails on it.
 *
 * @param type its full name, such as {@code chat.MessageSent}
 * @param json its payload as it is stored
 */
public record UnknownEvent(String type, String revision, String json) {}
