package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
    private final WireFormat format = new WireFormat("test.log", 100, 1 << 20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a.b.c",
                "*",
                ">",
                "a b",
                "\n",
                "\r\n",
                "\t",
                "😀",
                "é",
                "~",
                "~~",
                "%41",
                "a=b&c",
                "\"quoted\"",
                "\\",
                "\u0000",
                "nul\u0000l",
                "plain-_09"
            })
    void anyTextIsSafeAndComesBack(String text) {
        assertThat(Escaping.fromToken(Escaping.token(text))).isEqualTo(text);
        assertThat(Escaping.fromHeader(Escaping.header(text))).isEqualTo(text);
        assertThat(Escaping.token(text)).matches("[A-Za-z0-9_~-]+");
        assertThat(Escaping.header(text)).matches("[!-~]*").doesNotContain("\"");

        NewEvent event = event(text);
        String subject = new Subjects("test.log").of(List.of(event));
        assertThat(subject).matches("test\\.log(\\.[A-Za-z0-9_~-]+){4}");
        assertRoundTrip(List.of(event));
        assertRoundTrip(List.of(event, event("other"), event(text)));
    }

    @Test
    void aVeryLongTagValueGivesAShortSubject() {
        String subject = new Subjects("p").of(List.of(event("x".repeat(1000))));
        String other = new Subjects("p").of(List.of(event("x".repeat(1001))));
        assertThat(subject).hasSizeLessThan(520).isNotEqualTo(other);
    }

    @Test
    void anyPayloadComesBackByteForByte() {
        for (String payload : List.of(
                "{}",
                "{ \"a\" : 1.50 } ",
                "[1]",
                "\"text\"",
                "12",
                "",
                "no json {",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":}",
                "\u0001")) {
            NewEvent event = new NewEvent(
                    "i", "a.B", "", Instant.EPOCH, List.of(), Map.of(), payload.getBytes(StandardCharsets.UTF_8));
            assertRoundTrip(List.of(event));
            assertRoundTrip(List.of(event, event("x")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\t", "\u0000", "\u007f", "é\u0085", "😀\uffff", "\ufdd0", "é\r\nNats-Msg-Id: 1"})
    void namesThatNoCloudEventMayHaveAreRefused(String text) {
        NewEvent event = event("plain");
        for (NewEvent refused : List.of(
                named("i" + text, event.type(), event.revision(), event),
                named(event.id(), "chat." + text, event.revision(), event),
                named(event.id(), event.type(), text, event))) {
            assertThatThrownBy(() -> format.encode("append-1", AppendRequest.of(refused)))
                    .isInstanceOf(AppendFailure.Invalid.class)
                    .hasMessageContaining("no control characters");
        }
    }

    @Test
    void aTimeBeyondFourDigitYearsIsRefused() {
        NewEvent event = event("plain");
        for (Instant time : List.of(Instant.MAX, Instant.MIN, Instant.parse("+10000-01-01T00:00:00Z"))) {
            NewEvent refused = new NewEvent("i", "a.B", "", time, List.of(), Map.of(), event.payload());
            assertThatThrownBy(() -> format.encode("append-1", AppendRequest.of(refused)))
                    .isInstanceOf(AppendFailure.Invalid.class)
                    .hasMessageContaining("timestamp");
        }
    }

    private static NewEvent named(String id, String type, String revision, NewEvent event) {
        return new NewEvent(id, type, revision, event.timestamp(), event.tags(), event.metadata(), event.payload());
    }

    private static NewEvent event(String text) {
        String name = text.codePoints().anyMatch(Character::isISOControl) ? "plain" : text;
        return new NewEvent(
                "id" + name,
                "chat." + name + "x",
                name,
                Instant.parse("2026-01-02T03:04:05.000001Z"),
                List.of(new Tag("key" + text, text), new Tag("k", text + "2")),
                Map.of("correlationId", text, "other" + text, text),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    private void assertRoundTrip(List<NewEvent> events) {
        EncodedAppend encoded = format.encode("append-1", new AppendRequest(events, null, "command", "print"));
        Headers headers = new Headers();
        for (String line : new String(encoded.headers(), StandardCharsets.US_ASCII).split("\r\n")) {
            headers.add(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
        }
        EncodedAppend decoded = WireFormat.decode(encoded.subject(), new StoredHeaders(headers), encoded.body());
        assertThat(decoded)
                .usingRecursiveComparison()
                .ignoringFields("events.record")
                .isEqualTo(encoded);
        byte[] value = new byte[EventRecord.PREFIX + decoded.events().getFirst().record().length];
        byte[] written = decoded.events().getFirst().record();
        System.arraycopy(written, 0, value, EventRecord.PREFIX, written.length);
        RecordedEvent read = EventRecord.decode(1, value);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("position", "chainHash", "tags")
                .isEqualTo(events.getFirst());
        assertThat(read.tags())
                .containsExactlyInAnyOrderElementsOf(events.getFirst().tags());
    }
}
