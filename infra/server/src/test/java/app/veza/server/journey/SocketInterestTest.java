package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.chat.MessageSent;
import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.server.node.LoggedEvents;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which events a node's sockets are the reason to read, seen by those that cannot be read. */
class SocketInterestTest extends SocketJourney {

    private static final Logger LOGGER = (Logger) org.slf4j.LoggerFactory.getLogger(LoggedEvents.class);

    private final ListAppender<ILoggingEvent> complaints = new ListAppender<>();

    @BeforeEach
    void listen() {
        complaints.list = new CopyOnWriteArrayList<>();
        complaints.start();
        LOGGER.addAppender(complaints);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(complaints);
    }

    @Test
    void whatHappensInARoomThatNobodyFollowsIsNotRead() throws Exception {
        Person anna = person();
        String followed = room(anna, "public");
        String other = room(anna, "public");
        Socket socket = socket(anna);
        follow(socket, followed);

        appendUnreadable(other);
        long unreadable = appendUnreadable(followed);
        say(socket, followed, "Behind them");

        socket.events(1);
        assertThat(complaints.list)
                .extracting(complaint -> complaint.getArgumentArray()[0])
                .containsExactly(unreadable);
    }

    /** @return where in the log */
    private static long appendUnreadable(String room) throws Exception {
        var event = new NewEvent(
                UUID.randomUUID().toString(),
                EventTypes.nameOf(MessageSent.class),
                "2",
                Instant.now(),
                List.of(new Tag(EventTags.ROOM, room)),
                Map.of(),
                "{\"roomId\":\"of no room\"}".getBytes(StandardCharsets.UTF_8));
        AppendOutcome outcome =
                product.part(EventLog.class).append(AppendRequest.of(event)).get(1, TimeUnit.MINUTES);
        return ((AppendOutcome.Appended) outcome).firstPosition();
    }
}
