package app.veza.server.journey;

import app.veza.command.Ids;
import app.veza.command.identity.token.RefreshToken;
import app.veza.event.EventTypes;
import app.veza.event.identity.LoggedIn;
import app.veza.eventstore.command.CommandSide;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;

/** Sessions of former days, as they stand in the log. */
final class FormerSessions {

    private static final Duration LIFE = Duration.ofDays(30);
    /** As many as surely fit one append. */
    private static final int AT_ONCE = 500;

    private FormerSessions() {}

    /** Lets one begin. @return its refresh token */
    static String begin(Product product, String person, Duration ago) {
        RefreshToken token = RefreshToken.create(Ids.next());
        append(product, List.of(begun(person, token, ago)));
        return token.text();
    }

    static void begin(Product product, String person, Duration ago, int sessions) {
        for (int left = sessions; left > 0; left -= AT_ONCE) {
            append(
                    product,
                    Stream.generate(() -> begun(person, RefreshToken.create(Ids.next()), ago))
                            .limit(Math.min(left, AT_ONCE))
                            .toList());
        }
    }

    private static EventMessage begun(String person, RefreshToken token, Duration ago) {
        Instant at = Instant.now().minus(ago);
        var session = new LoggedIn(
                token.sessionId(), UUID.fromString(person), "192.0.2.1", "a script", token.hash(), at.plus(LIFE));
        return new GenericEventMessage(
                UUID.randomUUID().toString(),
                new MessageType(EventTypes.nameOf(LoggedIn.class), "1"),
                session,
                Map.of(),
                at);
    }

    private static void append(Product product, List<EventMessage> events) {
        product.part(CommandSide.class).eventStore().publish(null, events).join();
    }
}
