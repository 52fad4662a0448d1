package app.veza.command.identity.forgotpassword;

import app.veza.command.Ids;
import app.veza.command.Overloaded;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.Emails;
import app.veza.eventstore.command.CommandOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers before it looks for an account, and with no position of its own: neither the answer nor its time tells whether an address
 * has one. Who gets no mail asks again.
 */
@RestController
final class ForgotPasswordEndpoint {

    private static final Logger log = LoggerFactory.getLogger(ForgotPasswordEndpoint.class);
    private static final int AT_ONCE = 32;

    private final Commands commands;
    private final Accounts accounts;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    ForgotPasswordEndpoint(Commands commands, Accounts accounts, InstantSource clock) {
        this.commands = commands;
        this.accounts = accounts;
        this.clock = clock;
    }

    record Body(@Required @Nullable String email) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/auth/password/forgot")
    ResponseEntity<Void> forgot(CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String email = input.required("/email", body.email());
        if (!email.isEmpty()) {
            input.check(Emails.isValid(email), "/email", Emails.RULE);
        }
        input.verify();
        if (!room.tryAcquire()) {
            throw new Overloaded("Too many forgot their passwords right now.", Duration.ofSeconds(2));
        }
        String emailKey = Emails.key(email);
        // Without the client's minimal position: to wait for one would take time, and room, where there is an account
        CommandOptions options = request.unrepeatable().withMinPosition(0);
        Thread.ofVirtual().name("forgot-password").start(() -> {
            try {
                request(emailKey, options);
            } catch (RuntimeException failure) {
                log.error("Requests to reset passwords could not be recorded", failure);
            } finally {
                room.release();
            }
        });
        return ResponseEntity.accepted().build();
    }

    private void request(String emailKey, CommandOptions options) {
        Accounts.Claimants claimants = accounts.byEmail(emailKey);
        List<UUID> people = claimants.people();
        // As often as there could be an account: the log's positions, which anybody signed in sees, tell no number
        // either
        for (int i = 0; i < Accounts.MOST_CLAIMANTS; i++) {
            boolean isSomebody = i < people.size();
            UUID person = isSomebody ? people.get(i) : Ids.next();
            commands.run(
                    new RequestReset(person, isSomebody, emailKey, claimants.haveProved(), Ids.next(), clock.instant()),
                    options);
        }
    }
}
