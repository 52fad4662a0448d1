package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers to a publish prove that nothing was stored. */
class RefusalsTest {

    private static boolean provesAbsence(String error) {
        return new LogConnection.Reply(null, 1, 0, error).provesAbsence();
    }

    private static String refusal(int code) {
        return "{\"error\":{\"code\":503,\"err_code\":%d,\"description\":\"no\"},\"stream\":\"S\"}".formatted(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {10071, 10047, 10023})
    void whatIsDecidedBeforeAnythingIsStored(int code) {
        assertThat(provesAbsence(refusal(code))).isTrue();
    }

    @Test
    void aPublishThatNobodyWasGiven() {
        assertThat(provesAbsence("503 No Responders Available For Request")).isTrue();
    }

    /** Another server of the cluster may hold what this one could not write. */
    @Test
    void butNotAWriteThatFailed() {
        assertThat(provesAbsence(refusal(10077))).isFalse();
    }
}
