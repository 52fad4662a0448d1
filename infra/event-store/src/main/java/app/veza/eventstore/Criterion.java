package app.veza.eventstore;

import java.util.Set;

/**
 * Matches an event that has one of the types and every one of the tags.
 *
 * @param types empty: any type
 * @param tags empty: any tags
 */
public record Criterion(Set<String> types, Set<Tag> tags) {
    public Criterion {
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
    }

    public static Criterion tagged(Tag... tags) {
        return new Criterion(Set.of(), Set.of(tags));
    }

    public Criterion ofTypes(String... types) {
        return new Criterion(Set.of(types), tags);
    }

    /** @param eventTags a collection whose {@code contains} is fast enough for the caller */
    public boolean matches(String type, java.util.Collection<Tag> eventTags) {
        return (types.isEmpty() || types.contains(type)) && eventTags.containsAll(tags);
    }
}
