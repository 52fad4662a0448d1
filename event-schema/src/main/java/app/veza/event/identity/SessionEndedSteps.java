package app.veza.event.identity;

import app.veza.event.EventUpcaster;

/** How old revisions of {@link SessionEnded} are read. */
public final class SessionEndedSteps {

    /** Then there were fewer reasons, and nobody ended another's session. */
    public static final EventUpcaster FROM_1 = EventUpcaster.of(SessionEnded.class, 1, payload -> {
        payload.set("endedBy", payload.get("personId"));
        return payload;
    });

    private SessionEndedSteps() {}
}
