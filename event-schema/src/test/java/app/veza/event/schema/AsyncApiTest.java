package app.veza.event.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventSchemas;
import app.veza.event.EventTypes;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AsyncApiTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode document = (ObjectNode) JSON.readTree(EventSchemas.asyncApi());

    @Test
    void isValidByTheSpecificationsOwnSchema() throws IOException {
        assertThat(specification().validate(document)).isEmpty();
    }

    @Test
    void whatIsNotValidIsSeen() throws IOException {
        document.withObject("/operations/append.chat.MessageSent").put("action", "shout");
        document.withObject("/channels/chat.MessageSent").put("address", 7);

        assertThat(specification().validate(document)).isNotEmpty();
    }

    @Test
    void everyEventHasItsChannelWithItsMessagesAndTheirSamples() {
        assertThat(document.path("channels").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(EventTypes.byName().keySet().stream(), Stream.of("batch"))
                                .collect(Collectors.toSet()));
        assertThat(document.at("/channels/chat.MessageSent/address").asString())
                .isEqualTo("veza.events.chat.room.{value}.MessageSent");
        JsonNode message = document.at("/components/messages/chat.MessageSent.v1");
        assertThat(message.at("/payload/properties/text/x-personal").asString()).isEqualTo("senderId");
        assertThat(message.at("/examples/0/payload/textLength").asInt()).isEqualTo(14);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = document.findValuesAsString("$ref");
        Set<String> broken = references.stream()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .collect(Collectors.toSet());

        assertThat(references).hasSizeGreaterThan(30);
        assertThat(broken).isEmpty();
    }

    /** Draft 7; see the note beside the file. */
    private static Schema specification() throws IOException {
        try (InputStream schema = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema, InputFormat.JSON);
        }
    }
}
