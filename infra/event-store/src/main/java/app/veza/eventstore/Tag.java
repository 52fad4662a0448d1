package app.veza.eventstore;

import java.util.Objects;

/** What an event is about: {@code room:0198...}. Any character is safe in both parts; an empty value is a value. */
public record Tag(String key, String value) {
    public Tag {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return key + ":" + value;
    }
}
