package app.veza.command.identity.forgotpassword;

import app.veza.command.Scenario;
import app.veza.event.identity.MailWithheld;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonErased;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestResetTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final String EMAIL = "ann@example.org";

    private final UUID ann = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();
    private final MailWithheld withheld = new MailWithheld(ann, request);
    private final Scenario<RequestReset, RequestResetHandler.State> scenario = Scenario.of(new RequestResetHandler());

    private PasswordResetRequested askedAt(Instant at) {
        return new PasswordResetRequested(ann, request, EMAIL, at.plusSeconds(30 * 60));
    }

    @Test
    void aMailIsAskedFor() {
        scenario.given()
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW))
                .then(askedAt(NOW));
    }

    @Test
    void notMoreThanOnceAMinute() {
        scenario.given(askedAt(NOW))
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW.plusSeconds(59)))
                .then(withheld);
        scenario.given(askedAt(NOW))
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW.plusSeconds(60)))
                .then(askedAt(NOW.plusSeconds(60)));
    }

    /** Each of those that are open is good: who asks on keeps nobody from theirs, nor fills their mailbox. */
    @Test
    void notMoreThanFiveThatAreGood() {
        var five = IntStream.range(0, 5)
                .mapToObj(minute -> askedAt(NOW.plusSeconds(minute * 60L)))
                .toArray(PasswordResetRequested[]::new);
        scenario.given(five)
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW.plusSeconds(30 * 60 - 1)))
                .then(withheld);
        scenario.given(five)
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW.plusSeconds(30 * 60)))
                .then(askedAt(NOW.plusSeconds(30 * 60)));
    }

    /** Whoever opens accounts with somebody's address fills their mailbox with none of them. */
    @Test
    void notMoreThanTenAnHourToAnAddressThatNobodyHasProved() {
        var ten = IntStream.range(0, 10)
                .mapToObj(i -> new PasswordResetRequested(
                        UUID.randomUUID(), UUID.randomUUID(), EMAIL, NOW.plusSeconds(i + 30 * 60)))
                .toArray(PasswordResetRequested[]::new);
        scenario.given(ten)
                .when(new RequestReset(ann, true, EMAIL, false, request, NOW.plusSeconds(60 * 60 - 1)))
                .then(withheld);
        scenario.given(ten)
                .when(new RequestReset(ann, true, EMAIL, false, request, NOW.plusSeconds(60 * 60)))
                .then(askedAt(NOW.plusSeconds(60 * 60)));
        scenario.given(ten)
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW.plusSeconds(60)))
                .then(askedAt(NOW.plusSeconds(60)));
    }

    @Test
    void whoWasErasedIsWrittenNothing() {
        scenario.given(new PersonErased(ann))
                .when(new RequestReset(ann, true, EMAIL, true, request, NOW))
                .then(withheld);
    }

    /** So that the log's positions tell nobody that there is no account. */
    @Test
    void whereThereIsNobodyTheLogGrowsAlike() {
        scenario.given()
                .when(new RequestReset(ann, false, EMAIL, true, request, NOW))
                .then(withheld);
    }
}
