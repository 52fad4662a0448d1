package app.veza.command.streaming.stopstream;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StopStreamTest {

    private final UUID stream = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final StreamCreated publicStream = new StreamCreated(stream, ann, "Jazz", null, Visibility.PUBLIC, true);
    private final StreamCreated privateStream = new StreamCreated(stream, ann, "Jazz", null, Visibility.PRIVATE, true);
    private final StreamStopped stopped = new StreamStopped(stream, ann);

    private final Scenario<StopStream, Broadcast> scenario = Scenario.of(new StopStreamHandler());

    @Nested
    class ItsBroadcaster {

        private final StopStream annStops = new StopStream(stream, ann);

        @Test
        void stopsIt() {
            scenario.given(privateStream).when(annStops).then(stopped);
        }

        @Test
        void stopsItAgainWithoutAnythingHappening() {
            scenario.given(publicStream, stopped).when(annStops).thenNothing();
        }
    }

    @Nested
    class SomebodyElse {

        private final StopStream bobStops = new StopStream(stream, bob);

        @Test
        void mayNotStopAPublicStream() {
            scenario.given(publicStream).when(bobStops).thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void learnsNothingOfAPrivateStream() {
            scenario.given(privateStream).when(bobStops).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void findsNoStreamWhereThereIsNone() {
            scenario.given().when(bobStops).thenRejected(NOT_FOUND, "not-found");
        }
    }
}
