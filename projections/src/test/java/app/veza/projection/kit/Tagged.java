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
        Object event = recorded.event();
        List<String> values = new ArrayList<>();
        try {
            for (Field field : event.getClass().getDeclaredFields()) {
                EventTag tag = field.getAnnotation(EventTag.class);
                if (tag != null && tag.key().equals(key)) {
                    field.setAccessible(true);
                    Object value = field.get(event);
                    if (value != null) {
                        values.add(value.toString());
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Not a record like the others: " + event, e);
        }
        return values;
    }
}
