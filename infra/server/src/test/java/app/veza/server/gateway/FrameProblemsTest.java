package app.veza.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.gateway.TooManySubscriptionsException;
import org.junit.jupiter.api.Test;

class FrameProblemsTest {

    /** A 429 says when to come again, as over HTTP: here no time helps. */
    @Test
    void whoFollowsTooMuchIsToldWhatHelpsAndNotToWait() {
        assertThat(new FrameProblems(null).apply(new TooManySubscriptionsException(1_000)))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.type()).endsWith("/too-many-subscriptions");
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem.detail()).contains("1000", "unsubscribe");
                    assertThat(problem.extensions()).isEmpty();
                });
    }
}
