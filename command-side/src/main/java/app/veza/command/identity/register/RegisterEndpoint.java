package app.veza.command.identity.register;

import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.command.identity.Emails;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.password.PasswordRules;
import app.veza.command.identity.password.Passwords;
import app.veza.event.identity.PersonRegistered;
import app.veza.eventstore.command.CommandIdReusedException;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RegisterEndpoint {

    private static final String OPERATION = "identity.register";
    private static final int DISPLAY_NAME_LENGTH = 80;

    private final Commands commands;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final InstantSource clock;

    RegisterEndpoint(Commands commands, Passwords passwords, PasswordRules rules, InstantSource clock) {
        this.commands = commands;
        this.passwords = passwords;
        this.rules = rules;
        this.clock = clock;
    }

    /** @param displayName the username when missing */
    record Body(
            @Limits(min = Usernames.SHORTEST, max = Usernames.LONGEST) @Required @Nullable
            String username,

            @Limits(min = 1, max = Emails.LENGTH) @Required @Nullable
            String email,

            @Limits(min = PasswordRules.MIN_LENGTH, max = PasswordRules.MAX_LENGTH) @Required @Nullable
            String password,

            @Limits(max = DISPLAY_NAME_LENGTH) @Nullable String displayName) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    record Answer(UUID userId) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/auth/register")
    ResponseEntity<Answer> register(CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String username = input.required("/username", body.username());
        if (!username.isEmpty()) {
            input.check(Usernames.isValid(username), "/username", "must be 3 to 32 of A-Z, a-z, 0-9, '.', '_', '-'");
        }
        String email = input.required("/email", body.email());
        if (!email.isEmpty()) {
            input.check(Emails.isValid(email), "/email", Emails.RULE);
        }
        String password = rules.check(input, "/password", body.password(), username, email);
        String displayName = input.optionalLine("/displayName", body.displayName(), DISPLAY_NAME_LENGTH);
        input.verify();

        // Hashed here, once: the decision may be made several times
        var command = new Register(
                Ids.next(),
                username,
                Usernames.key(username),
                displayName == null ? username : displayName,
                email,
                Emails.key(email),
                passwords.hash(password),
                Ids.next(),
                clock.instant());
        var outcome = commands.run(
                command,
                // Not the password: a hash of these stands in the log for ever
                request.repeatable(OPERATION, body.username(), body.email(), body.displayName()));
        var registered = outcome.event(PersonRegistered.class).orElseThrow();
        if (outcome.repeated() && !passwords.verify(password, registered.passwordHash())) {
            throw new CommandIdReusedException();
        }
        return Answers.created(outcome, new Answer(registered.personId()));
    }
}
