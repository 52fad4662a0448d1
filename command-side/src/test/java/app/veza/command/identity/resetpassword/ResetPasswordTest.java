package app.veza.command.identity.resetpassword;

import static app.veza.command.Rejection.Kind.INVALID;

import app.veza.command.Scenario;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionEnded.Reason;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResetPasswordTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final PasswordChanged reset = new PasswordChanged(ann, "new", true);
    private final Scenario<ResetPassword, ResetPasswordHandler.State> scenario =
            Scenario.of(new ResetPasswordHandler());

    private PasswordResetRequested asked(UUID request) {
        return new PasswordResetRequested(ann, request, "ann@example.org", NOW.plusSeconds(1));
    }

    private ResetPassword with(UUID request) {
        return new ResetPassword(ann, request, "new", NOW);
    }

    @Test
    void thePasswordChangesAndEverySessionEnds() {
        scenario.given(new LoggedIn(session, ann, "192.0.2.1", null, "hash", Instant.MAX), asked(first))
                .when(with(first))
                .then(reset, new SessionEnded(session, ann, Reason.PASSWORD_CHANGED, ann));
    }

    /** Whoever opened it may have done so before its owner knew of it. */
    @Test
    void noProviderOpensTheAccountAnyMore() {
        var kept = new ProviderLinked(ann, "mock", "https://id.example 1");
        var gone = new ProviderLinked(ann, "other", "https://id.example 2");
        var unlinked = new ProviderUnlinked(ann, "other", gone.externalKey());
        scenario.given(kept, gone, unlinked, asked(first))
                .when(with(first))
                .then(reset, new ProviderUnlinked(ann, "mock", kept.externalKey()));
    }

    /** Anybody may ask for a newer one, any number of times. */
    @Test
    void anOlderMailIsAsGood() {
        scenario.given(asked(first), asked(second)).when(with(first)).then(reset);
        scenario.given(asked(first), asked(second)).when(with(second)).then(reset);
    }

    @Nested
    class AMailIsNoGood {

        @Test
        void twice() {
            scenario.given(asked(first), reset).when(with(first)).thenRejected(INVALID, "invalid");
        }

        @Test
        void afterAnotherWasUsed() {
            scenario.given(asked(first), asked(second), reset).when(with(first)).thenRejected(INVALID, "invalid");
        }

        @Test
        void afterThePasswordChangedOtherwise() {
            scenario.given(asked(first), new PasswordChanged(ann, "other", false))
                    .when(with(first))
                    .thenRejected(INVALID, "invalid");
        }

        @Test
        void whenItIsTooOld() {
            scenario.given(new PasswordResetRequested(ann, first, "ann@example.org", NOW))
                    .when(with(first))
                    .thenRejected(INVALID, "invalid");
        }

        @Test
        void forWhoWasErased() {
            scenario.given(asked(first), new PersonErased(ann))
                    .when(with(first))
                    .thenRejected(INVALID, "invalid");
        }
    }
}
