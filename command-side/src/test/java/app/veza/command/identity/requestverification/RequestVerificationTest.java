package app.veza.command.identity.requestverification;

import app.veza.command.Scenario;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.MailWithheld;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestVerificationTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID next = UUID.randomUUID();
    private final MailWithheld withheld = new MailWithheld(ann, next);
    private final Scenario<RequestVerification, RequestVerificationHandler.State> scenario =
            Scenario.of(new RequestVerificationHandler());

    private EmailVerificationRequested asked(UUID request, Instant at) {
        return new EmailVerificationRequested(
                ann, request, "A@example.org", "a@example.org", at.plus(Duration.ofDays(1)));
    }

    private RequestVerification again(Instant at) {
        return new RequestVerification(ann, next, at);
    }

    @Test
    void theSameAddressIsWrittenToAgain() {
        scenario.given(asked(UUID.randomUUID(), NOW))
                .when(again(NOW.plusSeconds(60)))
                .then(asked(next, NOW.plusSeconds(60)));
    }

    @Test
    void notMoreThanOnceAMinute() {
        scenario.given(asked(UUID.randomUUID(), NOW))
                .when(again(NOW.plusSeconds(59)))
                .then(withheld);
    }

    @Test
    void notWhenItIsProved() {
        scenario.given(asked(UUID.randomUUID(), NOW), new EmailVerified(ann, "A@example.org", "a@example.org"))
                .when(again(NOW.plusSeconds(60)))
                .then(withheld);
    }

    @Test
    void notWhereItWasNeverAskedFor() {
        scenario.given().when(again(NOW)).then(withheld);
    }
}
