package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordTagResolverTest {

    @Event(namespace = "sample", name = "Tagged", version = "3")
    record Tagged(
            String untagged,
            @EventTag(key = "room") UUID roomId,
            @EventTag(key = "person") @Nullable String personId,
            @EventTag int seat,

            @EventTag(key = "first") @EventTag(key = "second")
            long both) {}

    record TaggedList(@EventTag List<String> names) {}

    private final RecordTagResolver resolver = new RecordTagResolver();

    @Test
    void tagsComeInTheOrderOfTheComponents() {
        UUID room = UUID.randomUUID();
        assertThat(resolver.resolve(event(new Tagged("x", room, "ada", 7, 8L))))
                .containsExactly(
                        Tag.of("room", room.toString()),
                        Tag.of("person", "ada"),
                        Tag.of("seat", "7"),
                        Tag.of("first", "8"),
                        Tag.of("second", "8"));
    }

    @Test
    void anAbsentComponentGivesNoTag() {
        assertThat(resolver.resolve(event(new Tagged("x", UUID.randomUUID(), null, 7, 8L))))
                .extracting(Tag::key)
                .containsExactly("room", "seat", "first", "second");
    }

    @Test
    void whatHasNoPlainTextIsNoTag() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolver.resolve(event(new TaggedList(List.of("a")))))
                .withMessageContaining("names");
    }

    @Test
    void whatIsNoRecordHasNoTags() {
        assertThat(resolver.resolve(event("text"))).isEmpty();
    }

    @Test
    void typesComeFromTheAnnotationAndAreCached() {
        CachedMessageTypeResolver types = new CachedMessageTypeResolver();
        assertThat(types.resolve(Tagged.class)).contains(new MessageType("sample.Tagged", "3"));
        assertThat(types.resolve(Tagged.class)).isSameAs(types.resolve(Tagged.class));
        assertThat(types.resolve(String.class)).contains(new MessageType(String.class));
    }

    private static EventMessage event(Object payload) {
        return new GenericEventMessage(new MessageType("sample.Tagged", "3"), payload);
    }
}
