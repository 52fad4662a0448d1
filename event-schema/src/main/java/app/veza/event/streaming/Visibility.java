package app.veza.event.streaming;

/** Who may find and enter without an invitation: anybody, or nobody. */
public enum Visibility {
    PUBLIC,
    PRIVATE
}
