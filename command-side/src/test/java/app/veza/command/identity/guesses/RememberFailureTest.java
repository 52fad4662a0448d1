package app.veza.command.identity.guesses;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.LoginsDelayed;
import app.veza.event.identity.PersonErased;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberFailureTest {

    private final UUID ann = UUID.randomUUID();
    private final Instant later = Instant.parse("2030-01-01T00:00:08Z");
    private final Scenario<RememberFailure, RememberFailureHandler.State> scenario =
            Scenario.of(new RememberFailureHandler());

    private RememberFailure failure(@Nullable Instant delayedUntil) {
        return new RememberFailure(ann, "192.0.2.1", "curl", delayedUntil);
    }

    @Test
    void aFailureIsRememberedWithTheDelayThatCameOfIt() {
        var failed = new LoginFailed(ann, "192.0.2.1", "curl");
        scenario.when(failure(null)).then(failed);
        scenario.when(failure(later)).then(failed, new LoginsDelayed(ann, "192.0.2.1", later));
    }

    @Test
    void manyAtOnceDoNotWaitForEachOther() {
        assertThat(scenario.isOvertakenBy(new LoginFailed(ann, "192.0.2.2", null), failure(later)))
                .isFalse();
    }

    @Test
    void nothingIsRememberedOfWhoWasErased() {
        scenario.given(new PersonErased(ann)).when(failure(later)).thenNothing();
    }
}
