package app.veza.eventstore.axon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.eventstore.TagResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Tags of events that are records, from their components marked {@link EventTag}, in the order in which they are declared:
 * the first is the primary one, which stands in the event's subject. A component may be null: then it gives no tag.
 */
public final class RecordTagResolver implements TagResolver {

    private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);

    private record TaggedComponent(String key, MethodHandle accessor) {}

    private final ClassValue<List<TaggedComponent>> components = new ClassValue<>() {
        @Override
        protected List<TaggedComponent> computeValue(Class<?> type) {
            return componentsOf(type);
        }
    };

    @Override
    public Set<Tag> resolve(EventMessage event) {
        Object payload = event.payload();
        if (payload == null) {
            return Set.of();
        }
        Set<Tag> tags = new LinkedHashSet<>();
        for (TaggedComponent component : components.get(payload.getClass())) {
            Object value = read(component, payload);
            if (value != null) {
                tags.add(new Tag(component.key(), value.toString()));
            }
        }
        return tags;
    }

    private static @Nullable Object read(TaggedComponent component, Object payload) {
        try {
            return component.accessor().invokeExact(payload);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot read tag " + component.key(), e);
        }
    }

    private static List<TaggedComponent> componentsOf(Class<?> type) {
        if (!type.isRecord()) {
            return List.of();
        }
        List<TaggedComponent> tagged = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            for (EventTag tag : component.getAccessor().getAnnotationsByType(EventTag.class)) {
                String key = tag.key().isBlank() ? component.getName() : tag.key();
                tagged.add(new TaggedComponent(key, accessor(type, component)));
            }
        }
        return List.copyOf(tagged);
    }

    private static MethodHandle accessor(Class<?> type, RecordComponent component) {
        Class<?> value = component.getType();
        boolean hasPlainText = value == String.class
                || value == UUID.class
                || Number.class.isAssignableFrom(value)
                || (value.isPrimitive() && value != boolean.class);
        if (!hasPlainText) {
            throw new IllegalArgumentException("%s.%s: a tag is a UUID, a String or a number, not a %s"
                    .formatted(type.getName(), component.getName(), value.getName()));
        }
        try {
            component.getAccessor().setAccessible(true);
            return MethodHandles.lookup().unreflect(component.getAccessor()).asType(ACCESSOR);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("Cannot read %s.%s".formatted(type.getName(), component.getName()), e);
        }
    }
}
