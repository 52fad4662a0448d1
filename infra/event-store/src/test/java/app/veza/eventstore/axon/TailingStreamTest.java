package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.json.JacksonEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
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
            MessageStream<EventMessage> stream = TailingStream.open(testLog.log(), Criteria.everything(), 0, messages);
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
