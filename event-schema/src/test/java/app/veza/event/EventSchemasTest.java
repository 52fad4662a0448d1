package app.veza.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventSchemasTest {

    @Test
    void otherProgramsReadThemFromTheJar() {
        JsonNode schema = JsonMapper.shared().readTree(EventSchemas.schema("chat.MessageSent", "1"));

        assertThat(schema.path("title").asString()).isEqualTo("chat.MessageSent");
        assertThat(schema.path("description").asString()).isEqualTo("A member said something in a room.");
        assertThat(schema.at("/properties/text/x-personal").asString()).isEqualTo("senderId");
        assertThat(schema.at("/properties/roomId/x-tag").asString()).isEqualTo("room");
        assertThat(schema.at("/properties/roomId/format").asString()).isEqualTo("uuid");
        assertThat(schema.at("/required").valueStream().map(JsonNode::asString))
                .contains("text", "textLength")
                .doesNotContain("replyTo");
        assertThat(JsonMapper.shared()
                        .readTree(EventSchemas.asyncApi())
                        .path("asyncapi")
                        .asString())
                .isEqualTo("3.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSchemas.schema("chat.MessageSent", "99"))
                .withMessageContaining("chat.MessageSent.v99");
    }
}
