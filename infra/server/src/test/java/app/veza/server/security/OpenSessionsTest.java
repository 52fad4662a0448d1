package app.veza.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OpenSessionsTest {

    private final UUID session = UUID.randomUUID();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Optional<String>> upToDate = new AtomicReference<>(Optional.of("log"));
    private final AtomicReference<String> inUse = new AtomicReference<>("log");
    private final OpenSessions sessions = new OpenSessions(
            id -> {
                looks.incrementAndGet();
                return open.get();
            },
            id -> !open.get(),
            upToDate::get,
            inUse::get);

    @Test
    void theIndexIsAskedOnce() {
        assertThat(sessions.test(session)).isTrue();
        assertThat(sessions.test(session)).isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void anEndThatWasToldTakesEffect() {
        assertThat(sessions.test(session)).isTrue();
        open.set(false);
        sessions.ended(session);
        assertThat(sessions.test(session)).isFalse();
    }

    @Test
    void anEndThatIsAcknowledgedButNotYetToldTakesEffectToo() {
        assertThat(sessions.test(session)).isTrue();
        open.set(false);
        upToDate.set(Optional.empty());
        assertThat(sessions.test(session)).isFalse();
    }

    @Test
    void oneThatGoesOnIsNotReadAgainWhileNotAllIsTold() {
        assertThat(sessions.test(session)).isTrue();
        upToDate.set(Optional.empty());
        assertThat(sessions.test(session)).isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void oneOfAnotherLogIsReadAgainWhileNotAllIsTold() {
        assertThat(sessions.test(session)).isTrue();
        upToDate.set(Optional.empty());
        inUse.set("restored");
        assertThat(sessions.test(session)).isTrue();
        assertThat(looks).hasValue(2);
    }

    @Test
    void aSessionThatIsNotKnownYetIsLookedUpAgain() {
        open.set(false);
        assertThat(sessions.test(session)).isFalse();
        open.set(true);
        assertThat(sessions.test(session)).isTrue();
    }

    @Test
    void aSessionIsOpenInOneLogOnly() {
        assertThat(sessions.test(session)).isTrue();
        open.set(false);
        upToDate.set(Optional.of("restored"));
        assertThat(sessions.test(session)).isFalse();
    }
}
