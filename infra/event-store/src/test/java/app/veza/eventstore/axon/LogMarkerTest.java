package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.json.JacksonEventCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.Test;

class LogMarkerTest {

    private static final EventCriteria ROOM = EventCriteria.havingTags(new Tag("room", "7"));

    private final LogMarker marker = new LogMarker("one", 7);

    @Test
    void isAPositionOfItsLog() {
        assertThat(marker)
                .isEqualTo(new LogMarker("one", 7))
                .hasSameHashCodeAs(new LogMarker("one", 7))
                .isNotEqualTo(new LogMarker("other", 7))
                .isNotEqualTo(new GlobalIndexConsistencyMarker(7));
        assertThat(marker.lowerBound(new LogMarker("one", 3))).isEqualTo(new LogMarker("one", 3));
        assertThat(marker.upperBound(new LogMarker("one", 3))).isEqualTo(marker);
        assertThat(marker.lowerBound(new LogMarker("other", 3))).isEqualTo(new LogMarker("one and other", 3));
        assertThat(marker.upperBound(new LogMarker("other", 9))).isEqualTo(new LogMarker("one and other", 9));
    }

    @Test
    void goesWithAxonsOwn() {
        var plain = new GlobalIndexConsistencyMarker(3);
        assertThat(GlobalIndexConsistencyMarker.position(marker)).isEqualTo(7);
        assertThat(marker.position()).isEqualTo(new GlobalIndexConsistencyMarker(7).position());
        assertThat(marker.lowerBound(plain)).isEqualTo(new LogMarker("one", 3));
        assertThat(marker.upperBound(plain)).isEqualTo(marker);
        assertThat(plain.upperBound(marker)).isEqualTo(marker);
        for (ConsistencyMarker end : List.of(ConsistencyMarker.ORIGIN, ConsistencyMarker.INFINITY)) {
            assertThat(marker.lowerBound(end)).isEqualTo(end.lowerBound(marker));
            assertThat(marker.upperBound(end)).isEqualTo(end.upperBound(marker));
        }
        assertThat(marker.lowerBound(ConsistencyMarker.ORIGIN)).isEqualTo(ConsistencyMarker.ORIGIN);
        assertThat(marker.lowerBound(ConsistencyMarker.INFINITY)).isEqualTo(marker);
    }

    @Test
    void whatWasReadBeforeTheLogWasReplacedAdmitsNothing() {
        try (TestLog testLog = TestLog.create()) {
            var engine = new JetStreamEventStorageEngine(
                    testLog.log(), new JacksonEventCodec(Map.of("event", String.class)), PersonalTags.NONE);
            append(engine, AppendCondition.none());
            ConsistencyMarker sourced = engine.source(SourcingCondition.conditionFor(ROOM), null)
                    .reduce(
                            ConsistencyMarker.ORIGIN,
                            (last, entry) -> marked(last, entry.getResource(ConsistencyMarker.RESOURCE_KEY)))
                    .join();
            String logId = testLog.log().logId();
            assertThat(sourced).isEqualTo(new LogMarker(logId, 1));
            append(engine, AppendCondition.withCriteria(ROOM).withMarker(sourced));
            testLog.restoreTo(2);
            await().until(() ->
                    !testLog.log().logId().equals(logId) && testLog.log().isCaughtUp());

            assertThatThrownBy(() ->
                            append(engine, AppendCondition.withCriteria(ROOM).withMarker(sourced)))
                    .cause()
                    .isInstanceOf(AppendFailure.Unavailable.class);
            assertThat(append(
                            engine, AppendCondition.withCriteria(ROOM).withMarker(new GlobalIndexConsistencyMarker(2))))
                    .isEqualTo(new GlobalIndexConsistencyMarker(3));
        }
    }

    private static ConsistencyMarker marked(ConsistencyMarker last, ConsistencyMarker next) {
        return next == null ? last : next;
    }

    @SuppressWarnings("unchecked")
    private static ConsistencyMarker append(JetStreamEventStorageEngine engine, AppendCondition condition) {
        var event = new GenericTaggedEventMessage<>(
                new GenericEventMessage(new MessageType("event", "1"), "one"), Set.of(new Tag("room", "7")));
        var transaction = (AppendTransaction<AppendOutcome.Appended>)
                engine.appendEvents(condition, null, List.of(event)).join();
        CompletableFuture<AppendOutcome.Appended> committed = transaction.commit(null);
        return transaction.afterCommit(committed.join(), null).join();
    }
}
