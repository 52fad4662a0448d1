package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.json.JacksonEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.MergedTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.junit.jupiter.api.Test;

class TailingStreamTest {

    /** Behind the restored log's end, where it would be silent until other events have the numbers of those that it has passed. */
    @Test
    void failsWhenItsLogIsReplaced() {
        try (TestLog testLog = TestLog.create()) {
            for (int i = 0; i < 3; i++) {
                testLog.log().append(AppendRequest.of(event())).join();
            }
            var messages = new EventMessages(
                    new JacksonEventCodec(Map.of("event", String.class)), new CriteriaTranslation(PersonalTags.NONE));
            MessageStream<EventMessage> stream =
                    TailingStream.open(testLog.log(), Criteria.everything(), null, messages);
            for (int i = 0; i < 3; i++) {
                await().until(stream::hasNextAvailable);
                assertThat(stream.next()).isPresent();
            }
            assertThat(stream.error()).isEmpty();
            String replaced = testLog.log().logId();

            testLog.restoreTo(1);

            await().until(() -> !stream.hasNextAvailable() && stream.error().isPresent());
            assertThat(stream.error().orElseThrow())
                    .hasMessageContaining(
                            "Log %s was replaced by log %s",
                            replaced, testLog.log().logId());
            assertThat(stream.next()).isEmpty();
        }
    }

    /** As a processor does whose stream has failed, or whose program was started again. */
    @Test
    void isNotOpenedAgainFromAPositionInTheLogThatWas() throws Exception {
        try (TestLog testLog = TestLog.create()) {
            for (int i = 0; i < 3; i++) {
                testLog.log().append(AppendRequest.of(event())).join();
            }
            var engine = new JetStreamEventStorageEngine(
                    testLog.log(), new JacksonEventCodec(Map.of("event", String.class)), PersonalTags.NONE);
            MessageStream<EventMessage> stream =
                    from(engine, engine.firstToken(null).get());
            List<TrackingToken> tokens = new ArrayList<>();
            while (tokens.size() < 2) {
                await().until(stream::hasNextAvailable);
                tokens.add(stream.next().orElseThrow().getResource(TrackingToken.RESOURCE_KEY));
            }
            tokens.add(engine.latestToken(null).get());
            tokens.add(engine.tokenAt(Instant.now(), null).get());
            tokens.add(new MergedTrackingToken(tokens.get(0), tokens.get(1)));
            assertThat(from(engine, tokens.get(1)).next().orElseThrow().getResource(TrackingToken.RESOURCE_KEY))
                    .isEqualTo(tokens.get(2));

            String replaced = testLog.log().logId();
            testLog.restoreTo(2);
            await().until(() ->
                    !testLog.log().logId().equals(replaced) && testLog.log().indexedPosition() == 2);
            testLog.log().append(AppendRequest.of(event())).join();

            for (TrackingToken token : tokens) {
                MessageStream<EventMessage> again = from(engine, token);
                assertThat(again.error())
                        .as("%s", token)
                        .hasValueSatisfying(failure ->
                                assertThat(failure).hasMessageContaining("Log %s was replaced by log", replaced));
                assertThat(again.next()).isEmpty();
            }
            MessageStream<EventMessage> plain = from(engine, new GlobalSequenceTrackingToken(2));
            await().until(plain::hasNextAvailable);
            TrackingToken reset = ReplayToken.createReplayToken(
                    tokens.get(1), engine.firstToken(null).get());
            assertThat(from(engine, reset).next().orElseThrow().getResource(TrackingToken.RESOURCE_KEY))
                    .isEqualTo(new LogToken(testLog.log().logId(), 1));
        }
    }

    private static MessageStream<EventMessage> from(JetStreamEventStorageEngine engine, TrackingToken token) {
        return engine.stream(StreamingCondition.startingFrom(token), null);
    }

    private static NewEvent event() {
        return new NewEvent(
                UUID.randomUUID().toString(),
                "event",
                "1",
                Instant.now(),
                List.of(),
                Map.of(),
                "\"one\"".getBytes(StandardCharsets.UTF_8));
    }
}
