package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.Tag;
import app.veza.eventstore.axon.PersonalTags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Criteria as a person says them: any of the types, {@code chat.MessageSent} or {@code chat.*}, and every one of the tags, {@code
 * room:0198...}. A personal value is looked for by its hash, whether it is given in clear or as the log shows it.
 */
final class EventFilter {

    private static final Pattern STORED_HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int MOST = 50;

    private final Supplier<? extends Iterable<String>> loggedTypes;
    private final Set<String> declaredTypes;
    private final PersonalTags personalTags;

    /**
     * @param loggedTypes types that are in the log
     * @param declaredTypes types that may come
     */
    EventFilter(
            Supplier<? extends Iterable<String>> loggedTypes, Set<String> declaredTypes, PersonalTags personalTags) {
        this.loggedTypes = loggedTypes;
        this.declaredTypes = declaredTypes;
        this.personalTags = personalTags;
    }

    /** @throws Rejection naming what is wrong, with the types that come near an unknown one */
    Criteria criteria(String @Nullable [] givenTypes, String @Nullable [] givenTags) {
        String[] types = givenTypes == null ? new String[0] : givenTypes;
        String[] tags = givenTags == null ? new String[0] : givenTags;
        if (types.length > MOST || tags.length > MOST) {
            throw Rejection.malformed(
                    types.length > MOST ? "/type" : "/tag",
                    "A filter has at most %d types and %d tags.".formatted(MOST, MOST));
        }
        Set<Tag> wanted = new HashSet<>();
        for (String tag : tags) {
            wanted.add(tag(tag));
        }
        return Criteria.anyOf(new Criterion(types.length == 0 ? Set.of() : types(types), wanted));
    }

    private Tag tag(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw Rejection.malformed(
                    "/tag", "'%s' is no tag: a tag is KEY:VALUE, such as room:0198...".formatted(text));
        }
        String key = text.substring(0, colon);
        String value = text.substring(colon + 1);
        boolean isStored = STORED_HASH.matcher(value).matches();
        return new Tag(key, isStored ? value : personalTags.storedValue(key, value));
    }

    private Set<String> types(String[] patterns) {
        Set<String> known = new TreeSet<>(declaredTypes);
        loggedTypes.get().forEach(known::add);
        Set<String> types = new HashSet<>();
        for (String pattern : patterns) {
            List<String> matching = known.stream()
                    .filter(type -> pattern.endsWith("*")
                            ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                            : type.equals(pattern))
                    .toList();
            if (matching.isEmpty()) {
                throw unknown(pattern, known);
            }
            types.addAll(matching);
        }
        return types;
    }

    private static Rejection unknown(String type, Set<String> known) {
        List<String> similar = SimilarNames.of(type, known);
        List<String> named = new ArrayList<>(similar.isEmpty() ? known : similar);
        return new Rejection(
                Rejection.Kind.INVALID,
                "unknown-event-type",
                "Unknown event type",
                "There is no event type '%s': %s %s."
                        .formatted(type, similar.isEmpty() ? "there are" : "did you mean", String.join(", ", named)));
    }
}
