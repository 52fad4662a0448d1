package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.json.EventDecodingException;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PersonalFieldsTest {

    private static final String TYPE = "sample.Said";
    private static final String GONE = "\u001a";

    record Said(
            String personId,
            @Nullable String text,
            @Nullable String address,
            int length) {}

    private final KeyDatabase database = new KeyDatabase();
    private SubjectKeys keys;
    private JacksonEventCodec codec;

    @BeforeEach
    void open() {
        keys = SubjectKeys.open(database.source(), MasterKeys.of(AesMasterKey.parse(AesMasterKey.generate())));
        codec = codec(keys);
    }

    @AfterEach
    void close() {
        database.close();
    }

    static JacksonEventCodec codec(SubjectKeys keys) {
        Map<String, Map<String, String>> personal =
                Map.of(TYPE, Map.of("text", "personId", "address", "personId"), "sample.Other", Map.of());
        return new JacksonEventCodec(
                Map.of(TYPE, Said.class, "sample.Elsewhere", Said.class),
                List.of(),
                new PersonalFields(personal, "person", keys, GONE));
    }

    private String stored(Said said) {
        return new String(codec.encode(TYPE, "1", said), StandardCharsets.UTF_8);
    }

    private Object read(String json) {
        return codec.decode(TYPE, "1", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isStoredEncryptedAndReadInClear() {
        var said = new Said("ada", "Ahoy ⛵ \"there\"", "10.0.0.1", 14);
        String json = stored(said);

        assertThat(json).contains("\"personId\":\"ada\"", "\"length\":14").doesNotContain("Ahoy", "10.0.0.1");
        assertThat(read(json)).isEqualTo(said);
        assertThat(stored(said)).as("a nonce of its own each time").isNotEqualTo(json);
    }

    @Test
    void anEmptyTextStaysOneAndAMissingOneToo() {
        assertThat(read(stored(new Said("ada", "", null, 0)))).isEqualTo(new Said("ada", "", null, 0));
    }

    @Test
    void anErasedSubjectsTextIsMarkedAbsentAndTheRestIsThere() {
        String json = stored(new Said("ada", "Ahoy", null, 4));
        keys.table().erase("ada", 7L);
        keys.forget("ada");

        assertThat(read(json)).isEqualTo(new Said("ada", GONE, null, 4));
        assertThatThrownBy(() -> stored(new Said("ada", "again", null, 5))).isInstanceOf(SubjectErasedException.class);
        assertThat(read(stored(new Said("ben", "here", null, 4)))).isEqualTo(new Said("ben", "here", null, 4));
    }

    @Test
    void whoReadsNothingPersonalNeedsNoKeyAndIsGivenAMark() {
        var withoutPersonal = codec.withoutPersonal(GONE);
        byte[] sealed = "{\"personId\":\"nobody\",\"text\":{\"$personal\":\"1.AAAA\",\"of\":\"personId\"},\"length\":4}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] clear = "{\"personId\":\"ada\",\"text\":\"Ahoy\",\"length\":4}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> codec.decode(TYPE, "1", sealed)).isInstanceOf(EventDecodingException.class);
        assertThat(withoutPersonal.decode(TYPE, "1", sealed)).isEqualTo(new Said("nobody", GONE, null, 4));
        assertThat(withoutPersonal.decode(TYPE, "1", clear)).isEqualTo(new Said("ada", "Ahoy", null, 4));
    }

    @Test
    void nobodyNamedIsRefused() {
        assertThatThrownBy(() -> stored(new Said(null, "Ahoy", null, 4)))
                .isInstanceOf(AppendFailure.Invalid.class)
                .hasMessageContaining("sample.Said.text is personal and nobody is named in personId");
        assertThat(read(stored(new Said(null, null, null, 0)))).isEqualTo(new Said(null, null, null, 0));
    }

    @Test
    void whatIsNoTextIsRefused() {
        var counted = new JacksonEventCodec(
                Map.of(TYPE, Said.class),
                List.of(),
                new PersonalFields(Map.of(TYPE, Map.of("length", "personId")), "person", keys, GONE));
        assertThatThrownBy(() -> counted.encode(TYPE, "1", new Said("ada", null, null, 4)))
                .isInstanceOf(AppendFailure.Invalid.class)
                .hasMessageContaining("sample.Said.length");
    }

    @Test
    void aLogWrittenInClearIsRead() {
        assertThat(read("{\"personId\":\"ada\",\"text\":\"Ahoy\",\"length\":4}"))
                .isEqualTo(new Said("ada", "Ahoy", null, 4));
    }

    /** Else taking the last mark from a type would make every event of it that there is unreadable. */
    @Test
    void whatIsPersonalNoLongerIsReadAsItWasStoredAndWrittenInClear() {
        var said = new Said("ada", "Ahoy", null, 4);
        byte[] sealed = codec.encode(TYPE, "1", said);
        for (Map<String, Map<String, String>> personal :
                List.of(Map.<String, Map<String, String>>of(), Map.of(TYPE, Map.<String, String>of()))) {
            var unmarked = new JacksonEventCodec(
                    Map.of(TYPE, Said.class), List.of(), new PersonalFields(personal, "person", keys, GONE));
            assertThat(unmarked.decode(TYPE, "1", sealed)).isEqualTo(said);
            byte[] clear = unmarked.encode(TYPE, "1", new Said("ada", "\"$personal\":", null, 4));
            assertThat(new String(clear, StandardCharsets.UTF_8)).contains("\\\"$personal\\\":");
            assertThat(unmarked.decode(TYPE, "1", clear)).isEqualTo(new Said("ada", "\"$personal\":", null, 4));
        }
    }

    @Nested
    class Unreadable {

        @Test
        void whenMovedToAnotherField() {
            String json = stored(new Said("ada", "Ahoy", null, 4)).replace("\"text\":", "\"address\":");
            assertUnreadable(json);
        }

        @Test
        void whenMovedToAnotherPerson() {
            stored(new Said("ben", "I have a key", null, 0));
            assertUnreadable(
                    stored(new Said("ada", "Ahoy", null, 4)).replace("\"personId\":\"ada\"", "\"personId\":\"ben\""));
        }

        @Test
        void whenMovedToAnotherEvent() {
            byte[] json = stored(new Said("ada", "Ahoy", null, 4)).getBytes(StandardCharsets.UTF_8);
            var both = new JacksonEventCodec(
                    Map.of("sample.Elsewhere", Said.class),
                    List.of(),
                    new PersonalFields(Map.of("sample.Elsewhere", Map.of("text", "personId")), "person", keys, GONE));
            assertThatThrownBy(() -> both.decode("sample.Elsewhere", "1", json))
                    .isInstanceOf(EventDecodingException.class);
        }

        @Test
        void whenChanged() {
            String json = stored(new Said("ada", "Ahoy", null, 4));
            int middle = json.indexOf("\"1.") + 30;
            char other = json.charAt(middle) == 'A' ? 'B' : 'A';
            assertUnreadable(json.substring(0, middle) + other + json.substring(middle + 1));
            assertUnreadable("{\"personId\":\"ada\",\"text\":{\"$personal\":\"1.AA\",\"of\":\"personId\"}}");
            assertUnreadable("{\"personId\":\"ada\",\"text\":{\"$personal\":\"nonsense\",\"of\":\"personId\"}}");
        }

        @Test
        void whenTheKeyIsLostThoughNobodyErasedIt() {
            String json = stored(new Said("ada", "Ahoy", null, 4));
            database.execute("DELETE FROM personal.subject_key");
            keys.forget("ada");
            assertThatThrownBy(() -> read(json))
                    .isInstanceOf(EventDecodingException.class)
                    .rootCause()
                    .isInstanceOf(UnreadablePayloadException.class)
                    .hasMessageMatching("(?s)Version [0-9]+ of the key of subject ada is lost.*");
        }

        private void assertUnreadable(String json) {
            assertThatThrownBy(() -> read(json)).isInstanceOf(EventDecodingException.class);
        }
    }

    /** Not the same as erased: nobody may be taken for erased because a database is away. */
    @Test
    void whileKeysAreAwayThereIsNoAnswer() {
        String json = stored(new Said("ada", "Ahoy", null, 4));
        var away =
                codec(new SubjectKeys(tableThatWentAway(), MasterKeys.of(AesMasterKey.parse(AesMasterKey.generate()))));

        assertThatThrownBy(() -> away.decode(TYPE, "1", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(KeysUnavailableException.class);
        assertThatThrownBy(() -> away.encode(TYPE, "1", new Said("ada", "more", null, 4)))
                .isInstanceOf(KeysUnavailableException.class);
    }

    private KeyTable tableThatWentAway() {
        var source = new SwitchedSource(database.source());
        var table = new KeyTable(source.view());
        source.switchTo(database.away());
        return table;
    }
}
