package app.veza.server.export;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.MailWithheld;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in the log of one person: every event that bears their tag. Complete by that, whatever events there will be; and
 * nobody else's, because texts of others are in events of those others, and who did something to the person is left out.
 */
@Component
final class PersonalHistory {

    /** Nobody's data: what proves a credential, and what the log finds a name by. */
    private static final Pattern SECRET = Pattern.compile(".*(?:[hH]ash|[kK]ey|[sS]ecret|[tT]oken|[cC]odes?)");

    /** {@code bannedBy}, {@code endedBy}: whoever it was, unless it was the person. */
    private static final Pattern DOER = Pattern.compile(".*By");

    private final EventLog log;
    private final JacksonEventCodec codec;
    private final JsonMapper json = JsonMapper.builder().build();

    PersonalHistory(EventLog log, JacksonEventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /**
     * What was done with an address that was asked about. It differs with whether another has proved that address, which would tell whoever
     * registers with it.
     */
    private static final Set<String> ASKED_OF_AN_ADDRESS = Stream.of(
                    EmailVerificationRequested.class,
                    ClaimedEmailReused.class,
                    MailWithheld.class,
                    PasswordResetRequested.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    /** Names of all events that an export may have, in order. */
    static Set<String> types() {
        Set<String> types = new TreeSet<>(EventTypes.byName().keySet());
        types.removeAll(ASKED_OF_AN_ADDRESS);
        return types;
    }

    /** The last position that belongs to an export which begins now. */
    long upTo() {
        return log.head();
    }

    /** Events of one type, oldest first, each as {@code {position, at, data}}. */
    Stream<ObjectNode> of(UUID person, String type, long upTo) {
        return recorded(person, type, upTo).map(event -> view(person, event));
    }

    /** The same as they were appended. */
    <E extends VezaEvent> Stream<E> of(UUID person, Class<E> type, long upTo) {
        return recorded(person, EventTypes.nameOf(type), upTo)
                .map(codec::decode)
                .map(type::cast);
    }

    private Stream<RecordedEvent> recorded(UUID person, String type, long upTo) {
        Tag theirs = new Tag(EventTags.PERSON, person.toString());
        Browsing events = log.browse(EventQuery.of(Criteria.anyOf(new Criterion(Set.of(type), Set.of(theirs))))
                .upTo(upTo));
        return StreamSupport.stream(
                java.util.Spliterators.spliteratorUnknownSize(events, java.util.Spliterator.ORDERED), false);
    }

    private ObjectNode view(UUID person, RecordedEvent event) {
        ObjectNode data = json.valueToTree(codec.decode(event));
        Map<String, String> personal = EventTypes.personalFields().getOrDefault(event.type(), Map.of());
        for (String field : List.copyOf(data.propertyNames())) {
            boolean isSecret = SECRET.matcher(field).matches();
            boolean isOthersDeed = DOER.matcher(field).matches() && isNot(person, data.get(field));
            boolean isAboutOthers = personal.containsKey(field) && isNot(person, data.get(personal.get(field)));
            if (isSecret || isOthersDeed || isAboutOthers) {
                data.remove(field);
            }
        }
        ObjectNode view = json.createObjectNode();
        view.put("position", event.position());
        view.put("at", event.timestamp().toString());
        view.set("data", data);
        return view;
    }

    private static boolean isNot(UUID person, JsonNode id) {
        return id == null || !person.toString().equals(id.asString(""));
    }
}
