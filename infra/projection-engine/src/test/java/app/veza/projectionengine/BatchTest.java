package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

    private record Failing(RuntimeException failure) implements LoggedEvent {
        @Override
        public long position() {
            return 7;
        }

        @Override
        public String type() {
            return Ledger.DEPOSITED;
        }

        @Override
        public Instant timestamp() {
            return Instant.EPOCH;
        }

        @Override
        public byte[] chainHash() {
            return new byte[32];
        }

        @Override
        public Object payload() {
            throw failure;
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }
    }

    private static Batch of(RuntimeException failure) {
        Projection ledger = new Balances("ledger");
        return Batch.of(List.of(new Failing(failure)), ledger, ledger.eventTypes(), 10, null);
    }

    /** An outage must not stop a projection for good, as an event that nobody can ever read does. */
    @Test
    void whatCannotBeDecodedNowIsTriedAgain() {
        Throwable failure =
                catchThrowable(() -> of(new PayloadUnavailableException(new IllegalStateException("keys are away"))));
        assertThat(Failures.isTransient(failure)).isTrue();
    }

    @Test
    void whatCanNeverBeDecodedIsNot() {
        assertThatThrownBy(() -> of(new IllegalArgumentException(new IOException("no JSON"))))
                .isInstanceOf(UndecodableException.class)
                .matches(failure -> !Failures.isTransient(failure));
    }
}
