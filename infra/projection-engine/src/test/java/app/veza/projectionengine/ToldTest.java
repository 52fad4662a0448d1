package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "-1.5",
                "true",
                "null",
                "\"12\"",
                "\"\"",
                "\"0198c3f0-1b1a-7c6f-8069-f9a1c921ba28\"",
                "\"2026-01-31\"",
                "\"2026-01-31T12:00:00.123+00:00\"",
                "\"2026-01-31 12:00:00\"",
                "[1,2]"
            })
    void numbersIdsAndTimesAsTheyAre(String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        assertThat(Told.of(value)).isEqualTo(value);
    }

    @Test
    void ofTextsWhetherTheyAreTheSame() {
        JsonNode one = Told.of(JsonMapper.shared().readTree("{\"text\":\"I was here\",\"of\":[\"Ada\"]}"));
        assertThat(one.toString()).doesNotContain("here", "Ada");
        assertThat(one.path("text").asString()).startsWith("(10 characters, #");
        assertThat(Told.of(JsonMapper.shared().readTree("\"I was here\""))).isEqualTo(one.path("text"));
        assertThat(Told.of(JsonMapper.shared().readTree("\"I was hero\""))).isNotEqualTo(one.path("text"));
    }
}
