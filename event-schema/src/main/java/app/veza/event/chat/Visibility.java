package app.veza.event.chat;

/** Who may find and enter without an invitation: anybody, or nobody. */
public enum Visibility {
    PUBLIC,
    PRIVATE
}
