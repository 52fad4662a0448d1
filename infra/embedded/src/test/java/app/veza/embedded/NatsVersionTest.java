package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatsVersionTest {

    @ParameterizedTest
    @CsvSource({
        "nats-server: v2.12.0, true",
        "nats-server: v2.15.1, true",
        "nats-server: v2.12.0-RC.3, true",
        "nats-server: v2.9.25, false",
        "nats-server: v2.11.99, false",
        "nats-server: v3.0.0, false",
        "nats-server: v1.99.0, false"
    })
    void onlyTheKnownRangeIsAccepted(String printed, boolean accepted) {
        assertThat(NatsVersion.parse(printed).orElseThrow().isAcceptable()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"''", "sh: not found", "nats-server: vX"})
    void somethingElseIsNoVersion(String printed) {
        assertThat(NatsVersion.parse(printed)).isEmpty();
    }
}
