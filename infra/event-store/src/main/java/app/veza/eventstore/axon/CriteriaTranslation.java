package app.veza.eventstore.axon;

import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;

/** Axon's words for what is looked for into the log's, with personal values hashed. */
final class CriteriaTranslation {

    private final PersonalTags personalTags;

    CriteriaTranslation(PersonalTags personalTags) {
        this.personalTags = personalTags;
    }

    Criteria criteria(EventCriteria criteria) {
        // Axon flattens what has no criteria to the empty set, which in the log's words matches nothing
        if (!criteria.hasCriteria()) {
            return Criteria.everything();
        }
        List<Criterion> anyOf = new ArrayList<>();
        for (EventCriterion criterion : criteria.flatten()) {
            anyOf.add(new Criterion(names(criterion.types()), Set.copyOf(tags(criterion.tags()))));
        }
        return new Criteria(anyOf);
    }

    /** In the order in which they are given. */
    List<Tag> tags(Collection<org.axonframework.messaging.eventstreaming.Tag> tags) {
        return tags.stream()
                .map(tag -> new Tag(tag.key(), personalTags.storedValue(tag.key(), tag.value())))
                .toList();
    }

    private static Set<String> names(Set<QualifiedName> types) {
        return types.stream().map(QualifiedName::name).collect(Collectors.toUnmodifiableSet());
    }
}
