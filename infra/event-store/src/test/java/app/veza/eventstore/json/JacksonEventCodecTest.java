package app.veza.eventstore.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JacksonEventCodecTest {

    enum Mood {
        CALM,
        LOUD
    }

    record Said(
            UUID roomId,
            String text,
            Mood mood,
            Instant at,
            @Nullable String replyTo,
            List<String> mentions) {}

    private static final String SAID = "sample.Said";
    private static final UUID ROOM = UUID.fromString("0198a2b4-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Map<String, Class<?>> TYPES = Map.of(SAID, Said.class);

    private final JacksonEventCodec codec = new JacksonEventCodec(TYPES);

    @Test
    void whatIsWrittenIsRead() {
        Said said = new Said(ROOM, "salut \u00e0 tous", Mood.LOUD, AT, "m1", List.of("ada", "bob"));
        assertThat(codec.decode(SAID, "1", codec.encode(SAID, "1", said))).isEqualTo(said);
    }

    @Test
    void componentsStandInTheirOrderAndAbsentOnesNotAtAll() {
        assertThat(text(codec.encode(SAID, "1", new Said(ROOM, "hi", Mood.CALM, AT, null, List.of()))))
                .isEqualTo(
                        "{\"roomId\":\"" + ROOM
                                + "\",\"text\":\"hi\",\"mood\":\"CALM\",\"at\":\"2026-01-02T03:04:05.678901Z\",\"mentions\":[]}");
    }

    @Test
    void unknownFieldsAreIgnored() {
        Object decoded = codec.decode(SAID, "7", bytes("{\"text\":\"hi\",\"colour\":\"red\"}"));
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Said.class, said -> assertThat(said.text()).isEqualTo("hi"));
    }

    @Test
    void anUnknownTypeIsMarkedAndKeepsItsPayload() {
        assertThat(codec.decode("other.Thing", "4", bytes("{\"a\":1}")))
                .isEqualTo(new UnknownEvent("other.Thing", "4", "{\"a\":1}"));
    }

    @Test
    void aPayloadThatDoesNotFitNamesItsType() {
        assertThatThrownBy(() -> codec.decode(SAID, "1", bytes("{\"mood\":\"ANGRY\"}")))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageContaining(SAID);
        assertThatThrownBy(() -> codec.decode(SAID, "1", bytes("{\"text\":")))
                .isInstanceOf(EventDecodingException.class);
    }

    @Test
    void aTypeThatIsNotRegisteredCannotBeWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode("other.Thing", "1", "x"));
    }

    @Nested
    class Upcasting {

        private final Upcaster oneToTwo = new Upcaster(
                SAID,
                "1",
                "2",
                payload ->
                        ((ObjectNode) payload).put("text", payload.get("words").stringValue()));
        private final Upcaster twoToThree =
                new Upcaster(SAID, "2", "3", payload -> ((ObjectNode) payload).put("mood", "CALM"));

        @Test
        void goesThroughEveryLaterRevision() {
            JacksonEventCodec upcasting =
                    new JacksonEventCodec(TYPES, List.of(twoToThree, oneToTwo), PayloadTransform.NONE);
            assertThat(upcasting.decode(SAID, "1", bytes("{\"words\":\"hi\"}")))
                    .isEqualTo(new Said(null, "hi", Mood.CALM, null, null, null));
            assertThat(upcasting.decode(SAID, "2", bytes("{\"text\":\"hi\"}")))
                    .isEqualTo(new Said(null, "hi", Mood.CALM, null, null, null));
            assertThat(upcasting.decode(SAID, "3", bytes("{\"text\":\"hi\"}")))
                    .isEqualTo(new Said(null, "hi", null, null, null, null));
        }

        @Test
        void mustNotForkNorGoInACircle() {
            Upcaster fork = new Upcaster(SAID, "1", "3", payload -> payload);
            Upcaster back = new Upcaster(SAID, "3", "1", payload -> payload);
            assertThatIllegalArgumentException().isThrownBy(() -> codecWith(oneToTwo, fork));
            assertThatIllegalArgumentException().isThrownBy(() -> codecWith(oneToTwo, twoToThree, back));
        }

        private JacksonEventCodec codecWith(Upcaster... upcasters) {
            return new JacksonEventCodec(TYPES, List.of(upcasters), PayloadTransform.NONE);
        }
    }

    @Nested
    class Transforming {

        /** Stores the text backwards. */
        private final PayloadTransform backwards = new PayloadTransform() {
            @Override
            public boolean appliesTo(String type, String revision) {
                return type.equals(SAID);
            }

            @Override
            public ObjectNode toStored(String type, String revision, ObjectNode payload) {
                return payload.put("text", reversed(payload));
            }

            @Override
            public ObjectNode fromStored(String type, String revision, ObjectNode stored) {
                return stored.put("text", reversed(stored));
            }

            private String reversed(ObjectNode node) {
                return new StringBuilder(node.get("text").stringValue())
                        .reverse()
                        .toString();
            }
        };

        @Test
        void changesWhatIsStoredAndNotWhatIsRead() {
            JacksonEventCodec transforming = new JacksonEventCodec(TYPES, List.of(), backwards);
            Said said = new Said(ROOM, "abc", Mood.CALM, AT, null, List.of());
            byte[] stored = transforming.encode(SAID, "1", said);
            assertThat(text(stored)).contains("\"text\":\"cba\"");
            assertThat(transforming.decode(SAID, "1", stored)).isEqualTo(said);
        }

        @Test
        void upcastersSeeTheClearText() {
            Upcaster shout = new Upcaster(
                    SAID,
                    "1",
                    "2",
                    payload -> ((ObjectNode) payload)
                            .put("text", payload.get("text").stringValue() + "!"));
            JacksonEventCodec both = new JacksonEventCodec(TYPES, List.of(shout), backwards);
            assertThat(both.decode(SAID, "1", bytes("{\"text\":\"cba\"}")))
                    .isEqualTo(new Said(null, "abc!", null, null, null, null));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
