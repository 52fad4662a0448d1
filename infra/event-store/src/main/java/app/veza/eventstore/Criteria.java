package app.veza.eventstore;

import java.util.Collection;
import java.util.List;

/** Matches an event that any of its criteria matches. Without a criterion it matches nothing. */
public record Criteria(List<Criterion> anyOf) {
    public Criteria {
        anyOf = List.copyOf(anyOf);
    }

    public static Criteria anyOf(Criterion... criteria) {
        return new Criteria(List.of(criteria));
    }

    /** Every event of the log. */
    public static Criteria everything() {
        return anyOf(Criterion.tagged());
    }

    public static Criteria tagged(Tag... tags) {
        return anyOf(Criterion.tagged(tags));
    }

    public boolean matches(String type, Collection<Tag> tags) {
        for (Criterion criterion : anyOf) {
            if (criterion.matches(type, tags)) {
                return true;
            }
        }
        return false;
    }
}
