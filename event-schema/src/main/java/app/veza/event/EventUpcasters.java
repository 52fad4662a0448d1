package app.veza.event;

import java.util.List;

/** The steps that bring every revision that ever shipped to the current one. */
public final class EventUpcasters {

    /** Empty as long as every event is at its first revision. A step stands beside its event and is named here. */
    private static final List<EventUpcaster> ALL = List.of();

    private EventUpcasters() {}

    public static List<EventUpcaster> all() {
        return ALL;
    }
}
