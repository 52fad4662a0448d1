package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.message.impl.BaseGenericBinaryMessageReaderImpl;
import io.cloudevents.jackson.JsonFormat;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as they stand in the stream are CloudEvents to an SDK that knows nothing of this log. */
class CloudEventsSdkTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000001Z");
    private static final String JSON = "{\"text\":\"salut \\u0007 😀\",\"n\":1.50}";

    @TempDir
    static Path directory;

    private static EventLogConfig config;
    private static EventLog log;
    private static Connection nats;

    @BeforeAll
    static void open() throws Exception {
        config = TestLog.config(directory.resolve("index"));
        log = TestLog.open(config);
        nats = Nats.connect(Options.builder().server(config.natsUrl()).build());
    }

    @AfterAll
    static void close() throws Exception {
        nats.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "é 😀 \u00a0",
                "%41 100%",
                "+a+b",
                "\"quoted\" \\\\",
                "a=b&c;d,e",
                "~~",
                "<>*.",
                "line\r\nNats-Msg-Id: 1",
                "\t\u0000\u007f\u0085",
                "\uffff",
                ""
            })
    void oneEventIsACloudEventInBinaryMode(String text) throws Exception {
        NewEvent event = event(text, JSON);
        MessageInfo message = stored(event);

        CloudEvent read = new NatsMessage(message).toEvent();

        assertIsWhatWasAppended(read, event, text);
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(read.getData().toBytes()).asString(StandardCharsets.UTF_8).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "é 😀 %41 +", "\t\u0000\r\n", ""})
    void severalEventsAreABatch(String text) throws Exception {
        NewEvent first = event("first", JSON);
        NewEvent second = event(text, JSON);
        MessageInfo message = stored(first, second);

        List<CloudEvent> read = batch(message);

        assertThat(message.getHeaders().getFirst("content-type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(read).hasSize(2);
        assertIsWhatWasAppended(read.getFirst(), first, "first");
        assertIsWhatWasAppended(read.getLast(), second, text);
        assertThat(read.getLast().getDataContentType()).isEqualTo("application/json");
        var json = new ObjectMapper();
        assertThat(json.readTree(read.getLast().getData().toBytes())).isEqualTo(json.readTree(JSON));
    }

    @Test
    void whatIsNoJsonIsNotSaidToBe() throws Exception {
        NewEvent strange = event("strange", "\u0001 no JSON {");

        CloudEvent alone = new NatsMessage(stored(strange)).toEvent();
        CloudEvent amongOthers = batch(stored(event("first", JSON), event("strange", "\u0001 no JSON {")))
                .getLast();

        for (CloudEvent read : List.of(alone, amongOthers)) {
            assertThat(read.getDataContentType()).isEqualTo("application/octet-stream");
            assertThat(read.getData().toBytes()).isEqualTo(strange.payload());
        }
    }

    private static void assertIsWhatWasAppended(CloudEvent read, NewEvent event, String text) {
        assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(read.getId()).isEqualTo(event.id());
        assertThat(read.getType()).isEqualTo(event.type());
        assertThat(read.getSource()).isEqualTo(URI.create(config.subjectPrefix()));
        assertThat(read.getTime()).isEqualTo(OffsetDateTime.ofInstant(TIME, ZoneOffset.UTC));
        assertThat(read.getExtension("revision")).isEqualTo("1");
        assertThat(read.getExtension("causationid")).isEqualTo("cause");
        boolean isAttribute = CloudEventAttributes.isText(text) && !text.isEmpty();
        assertThat(read.getExtension("correlationid")).isEqualTo(isAttribute ? text : null);
        assertThat(String.valueOf(read.getExtension("metadata")))
                .matches("[!-~]+")
                .contains("other=" + Escaping.token(text));
        assertThat(String.valueOf(read.getExtension("tags"))).isEqualTo("key=" + Escaping.token(text));
        assertThat(read.getExtensionNames()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        read.getAttributeNames()
                .forEach(name -> assertThat(String.valueOf(read.getAttribute(name)))
                        .as(name)
                        .doesNotContainPattern("\\p{Cntrl}"));
    }

    private static NewEvent event(String text, String payload) {
        String name = CloudEventAttributes.isText(text) ? text : "name";
        return new NewEvent(
                "id-" + name,
                "chat." + name + "x",
                "1",
                TIME,
                List.of(new Tag("key", text)),
                Map.of("correlationId", text, "causationId", "cause", "other", text),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageInfo stored(NewEvent... events) throws Exception {
        TestLog.appended(log, events);
        return nats.jetStreamManagement().getLastMessage(config.streamName(), config.subjectPrefix() + ".>");
    }

    private static List<CloudEvent> batch(MessageInfo message) throws IOException {
        var json = new ObjectMapper().registerModule(JsonFormat.getCloudEventJacksonModule());
        return List.of(json.readValue(message.getData(), CloudEvent[].class));
    }

    /** Binary mode as CloudEvents' NATS binding has it, by the SDK's own base for bindings: it comes without one for NATS. */
    private static final class NatsMessage extends BaseGenericBinaryMessageReaderImpl<String, String> {

        private final Headers headers;

        NatsMessage(MessageInfo message) {
            super(
                    SpecVersion.parse(message.getHeaders().getFirst("ce-specversion")),
                    BytesCloudEventData.wrap(message.getData()));
            headers = message.getHeaders();
        }

        /** The binding gives {@code datacontenttype} the prefix that every attribute has. */
        @Override
        protected boolean isContentTypeHeader(@Nullable String name) {
            return false;
        }

        @Override
        protected boolean isCloudEventsHeader(String name) {
            return name.startsWith("ce-");
        }

        @Override
        protected String toCloudEventsKey(String name) {
            return name.substring(3);
        }

        @Override
        protected void forEachHeader(BiConsumer<String, String> each) {
            headers.forEach((name, values) -> each.accept(name, values.getFirst()));
        }

        @Override
        protected String toCloudEventsValue(String value) {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
