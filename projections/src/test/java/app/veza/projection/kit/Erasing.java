package app.veza.projection.kit;

import app.veza.event.Erased;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.projectionengine.Recorded;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Events as they are read once people were erased. */
final class Erasing {

    private Erasing() {}

    static VezaEvent of(VezaEvent event, Set<UUID> erased) {
        return of(event, erased::contains);
    }

    /** As who reads nothing personal may be given it. */
    static Recorded<?> ofEverybody(Recorded<?> recorded) {
        return new Recorded<>(
                recorded.position(), recorded.timestamp(), of((VezaEvent) recorded.event(), person -> true));
    }

    private static VezaEvent of(VezaEvent event, Predicate<Object> erased) {
        Map<String, String> personal = EventTypes.personalFields().get(EventTypes.nameOf(event.getClass()));
        if (personal.isEmpty()) {
            return event;
        }
        try {
            RecordComponent[] components = event.getClass().getRecordComponents();
            @Nullable Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getAccessor().invoke(event);
                String subject = personal.get(components[i].getName());
                if (subject != null && values[i] != null && erased.test(component(event, subject))) {
                    values[i] = Erased.TEXT;
                }
            }
            var constructor = event.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new));
            return (VezaEvent) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Not a record like the others: " + event, e);
        }
    }

    private static Object component(VezaEvent event, String name) throws ReflectiveOperationException {
        return event.getClass().getMethod(name).invoke(event);
    }
}
