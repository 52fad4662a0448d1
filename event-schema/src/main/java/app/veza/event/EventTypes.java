package app.veza.event;

import app.veza.event.chat.ChatEvent;
import app.veza.event.identity.IdentityEvent;
import app.veza.event.notification.NotificationEvent;
import app.veza.event.streaming.StreamingEvent;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** The names of all events, read from the sealed interface of each context: there is no list to forget an event in. */
public final class EventTypes {

    private static final Map<String, Class<? extends VezaEvent>> BY_NAME = Stream.of(
                    IdentityEvent.class, ChatEvent.class, StreamingEvent.class, NotificationEvent.class)
            .flatMap(EventTypes::leaves)
            .collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

    private static final Map<String, Map<String, String>> PERSONAL = BY_NAME.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, event -> personalComponents(event.getValue())));

    private EventTypes() {}

    /** Every event's record by its full name, such as {@code chat.MessageSent}. */
    public static Map<String, Class<? extends VezaEvent>> byName() {
        return BY_NAME;
    }

    /**
     * What every event tells about people, in its current revision: by the event's full name the name of each {@link Personal}
     * component, with the name of the component that holds the id of the person whom it is about. Empty for an event that
     * tells nothing personal.
     */
    public static Map<String, Map<String, String>> personalFields() {
        return PERSONAL;
    }

    /**
     * Full name of an event, such as {@code chat.MessageSent}.
     *
     * @throws IllegalArgumentException when the record bears no {@link Event} annotation
     */
    public static String nameOf(Class<? extends VezaEvent> type) {
        Event event = type.getAnnotation(Event.class);
        if (event == null) {
            throw new IllegalArgumentException(type.getName() + " needs @Event(namespace, name, version)");
        }
        return event.namespace() + "." + event.name();
    }

    private static Map<String, String> personalComponents(Class<? extends VezaEvent> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Personal.class))
                .collect(Collectors.toUnmodifiableMap(
                        RecordComponent::getName,
                        component -> component.getAnnotation(Personal.class).subject()));
    }

    private static Stream<Class<? extends VezaEvent>> leaves(Class<? extends VezaEvent> type) {
        if (!type.isSealed()) {
            return Stream.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(sub -> leaves(sub.asSubclass(VezaEvent.class)));
    }
}
