package app.veza.command.identity.register;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Ids;
import app.veza.command.Rejection;
import app.veza.command.wired.AtOnce;
import app.veza.command.wired.Doors;
import app.veza.event.identity.PersonRegistered;
import app.veza.eventstore.command.CommandExecutor;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.CommandOutcome;
import java.time.Instant;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Behind the door, which hashes passwords one by one and so would let them come one by one. */
class ManyClaimsTest {

    private static final Logger log = LoggerFactory.getLogger(ManyClaimsTest.class);
    private static final int CLAIMS = 200;

    @Test
    void ofManyWhoClaimOneNameAtOnceOneGetsItAndAllAreToldSo() throws Exception {
        try (var doors = new Doors()) {
            var executor = doors.bean(CommandExecutor.class);

            AtOnce<CommandOutcome> claimed = AtOnce.run(
                    CLAIMS,
                    i -> () -> executor.execute(
                                    new Register(
                                            Ids.next(),
                                            "Ada",
                                            "ada",
                                            "Ada " + i,
                                            i + "@example.org",
                                            i + "@example.org",
                                            "hash",
                                            Ids.next(),
                                            Instant.now()),
                                    CommandOptions.ofCommandId("claim-" + i, "claim"))
                            .get());

            log.info(
                    "{} claims of one name: {} ms, {} appends refused and decided again",
                    CLAIMS,
                    claimed.took().toMillis(),
                    doors.count("event.log.refused"));
            assertThat(claimed.outcomes())
                    .filteredOn(outcome -> outcome.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(claimed.outcomes())
                    .filteredOn(outcome -> outcome.state() == Future.State.FAILED)
                    .extracting(outcome -> outcome.exceptionNow().getCause())
                    .hasSize(CLAIMS - 1)
                    .allSatisfy(cause -> assertThat(cause)
                            .isInstanceOfSatisfying(
                                    Rejection.class,
                                    rejection -> assertThat(rejection.slug()).isEqualTo("username-taken")));
            assertThat(doors.events())
                    .filteredOn(PersonRegistered.class::isInstance)
                    .hasSize(1);
        }
    }
}
