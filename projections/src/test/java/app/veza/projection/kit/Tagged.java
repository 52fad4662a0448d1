package app.veza.projection.kit;

import app.veza.projectionengine.Recorded;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventTag;

/** Tags as the command side writes them into the log. */
final class Tagged {

    private Tagged() {}

    /** @param key of the tag, such as {@code room} */
    static List<String> values(Recorded<?> recorded, String key) {
        return of(recorded.event()).stream()
                .filter(tag -> tag.startsWith(key + ":"))
                .map(tag -> tag.substring(key.length() + 1))
                .toList();
    }

    /** As readers of the log see them, {@code room:0198...}; of personal ones the value and not its hash. */
    static List<String> of(Object event) {
        List<String> tags = new ArrayList<>();
        try {
            for (Field field : event.getClass().getDeclaredFields()) {
                EventTag tag = field.getAnnotation(EventTag.class);
                if (tag != null) {
                    field.setAccessible(true);
                    Object value = field.get(event);
                    if (value != null) {
                        tags.add(tag.key() + ":" + value);
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Not a record like the others: " + event, e);
        }
        return tags;
    }
}
