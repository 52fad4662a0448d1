package app.veza.command.identity.signinwith;

import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.http.Client;
import app.veza.command.identity.CredentialsChanged;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.event.Erased;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignInWithTest {

    private static final String KEY = "https://p.example 42";

    private final UUID ann = UUID.randomUUID();
    private final UUID fresh = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();
    private final UUID session = UUID.randomUUID();
    private final Instant now = Instant.ofEpochSecond(59);
    private final Instant expiresAt = now.plus(Duration.ofDays(30));
    private final ProviderLinked linked = new ProviderLinked(ann, "mock", KEY);
    private final Scenario<SignInWith, SignInWithHandler.State> scenario = Scenario.of(new SignInWithHandler());

    private SignInWith signIn(@Nullable UUID owner, @Nullable String code, String email) {
        return new SignInWith(
                new ExternalAccount("mock", "https://p.example", "42", email, "ada", null),
                owner,
                code,
                new SignInWith.Opening(fresh, List.of("Ada", "ada-7"), null, email, email, "no-hash", request),
                session,
                "refresh-hash",
                expiresAt,
                new Client("192.0.2.1", "curl"),
                now);
    }

    private SignInWith signIn(@Nullable UUID owner) {
        return signIn(owner, null, "ada@example.org");
    }

    private LoggedIn loggedIn(UUID person) {
        return new LoggedIn(session, person, "192.0.2.1", "curl", "refresh-hash", expiresAt);
    }

    private PersonRegistered registered(String username) {
        return new PersonRegistered(fresh, username, username.toLowerCase(), username, "ada@example.org", "no-hash");
    }

    @Nested
    class ItOpensAnAccount {

        @Test
        void aSessionBegins() {
            scenario.given(linked).when(signIn(ann)).then(loggedIn(ann));
        }

        @Test
        void aCodeIsAskedForWhereItIsAtTheLogIn() {
            var enrolled = new TotpEnrolled(ann, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
            var on = scenario.given(linked, enrolled, new TotpConfirmed(ann, 0));
            on.when(signIn(ann)).thenRejected(UNAUTHENTICATED, "totp-required");
            on.when(signIn(ann, "287083", "")).thenRejected(UNAUTHENTICATED, "invalid-totp");
            on.when(signIn(ann, "287082", "")).then(new TotpUsed(ann, 1), loggedIn(ann));
        }

        @Test
        void whatChangedSinceItWasLookedUpIsLookedUpAgain() {
            var unlinked = new ProviderUnlinked(ann, "mock", KEY);
            assertThat(scenario.given(linked, unlinked).when(signIn(ann)).thrown())
                    .isInstanceOf(CredentialsChanged.class);
            assertThat(scenario.given(linked, new PersonErased(ann))
                            .when(signIn(ann))
                            .thrown())
                    .isInstanceOf(CredentialsChanged.class);
            assertThat(scenario.given(linked).when(signIn(null)).thrown()).isInstanceOf(CredentialsChanged.class);
            assertThat(scenario.given(linked).isOvertakenBy(unlinked, signIn(ann)))
                    .isTrue();
        }
    }

    @Nested
    class ItOpensNone {

        private final EmailVerificationRequested asked = new EmailVerificationRequested(
                fresh, request, "ada@example.org", "ada@example.org", now.plus(Duration.ofDays(1)));
        private final ProviderLinked link = new ProviderLinked(fresh, "mock", KEY);

        @Test
        void oneIsOpened() {
            scenario.given().when(signIn(null)).then(registered("Ada"), asked, link, loggedIn(fresh));
            assertThat(scenario.given().isOvertakenBy(linked, signIn(null)))
                    .as("by the same account, twice at once")
                    .isTrue();
        }

        @Test
        void aTakenNameIsLeftToWhoHasIt() {
            var other = new PersonRegistered(ann, "ada", "ada", "Ada", "a@example.org", "hash");
            scenario.given(other).when(signIn(null)).then(registered("ada-7"), asked, link, loggedIn(fresh));
        }

        @Test
        void anAddressOpensNothingAndItsOwnerIsTold() {
            scenario.given(new EmailVerified(ann, "ada@example.org", "ada@example.org"))
                    .when(signIn(null))
                    .then(registered("Ada"), new ClaimedEmailReused(ann), link, loggedIn(fresh));
        }

        @Test
        void whoWasErasedLetGoOfIt() {
            scenario.given(new ProviderLinked(ann, "mock", Erased.TEXT))
                    .when(signIn(null))
                    .then(registered("Ada"), asked, link, loggedIn(fresh));
        }

        @Test
        void withoutAnAddressThereIsNoAccount() {
            scenario.given().when(signIn(null, null, "")).thenRejected(INVALID, "email-missing");
        }
    }
}
