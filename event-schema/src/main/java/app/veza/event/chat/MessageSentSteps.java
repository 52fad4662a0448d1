package app.veza.event.chat;

import app.veza.event.EventUpcaster;

/** How old revisions of {@link MessageSent} are read. */
public final class MessageSentSteps {

    /** Of what a message named and bore nothing was known then. */
    public static final EventUpcaster FROM_1 = EventUpcaster.of(MessageSent.class, 1, payload -> {
        payload.putArray("mentions");
        payload.putArray("attachments");
        return payload;
    });

    /** The name that the client gave it stood there in clear, whatever a client may have written into it; nobody read it. */
    public static final EventUpcaster FROM_2 = EventUpcaster.of(MessageSent.class, 2, payload -> {
        payload.remove("clientMessageId");
        return payload;
    });

    private MessageSentSteps() {}
}
