package app.veza.event;

import app.veza.event.chat.MessageSentSteps;
import app.veza.event.identity.PasswordResetRequestedSteps;
import app.veza.event.identity.SessionEndedSteps;
import app.veza.event.streaming.StreamCreatedSteps;
import app.veza.event.streaming.StreamDescribedSteps;
import java.util.List;

/** The steps that bring every revision that ever shipped to the current one. */
public final class EventUpcasters {

    /** A step stands beside its event and is named here. */
    private static final List<EventUpcaster> ALL = List.of(
            MessageSentSteps.FROM_1,
            MessageSentSteps.FROM_2,
            PasswordResetRequestedSteps.FROM_1,
            SessionEndedSteps.FROM_1,
            StreamCreatedSteps.FROM_1,
            StreamDescribedSteps.FROM_1);

    private EventUpcasters() {}

    public static List<EventUpcaster> all() {
        return ALL;
    }
}
