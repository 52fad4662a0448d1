package app.veza.command.identity.register;

import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.identity.Usernames;
import app.veza.command.identity.password.Passwords;
import app.veza.event.identity.PersonRegistered;
import java.util.UUID;
import java.util.regex.Pattern;
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
    private static final int PASSWORD_MIN_LENGTH = 8;
    private static final int PASSWORD_MAX_LENGTH = 128;
    /** RFC 5321: what fits into a path of mail. */
    private static final int EMAIL_LENGTH = 254;
    /** Something, an at sign, a domain with a dot: whether it exists is told by a mail that arrives. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{Cntrl}@]{1,64}@[^\\s\\p{Cntrl}@.]{1,63}(?:\\.[^\\s\\p{Cntrl}@.]{1,63})+");

    private final Commands commands;
    private final Passwords passwords;

    RegisterEndpoint(Commands commands, Passwords passwords) {
        this.commands = commands;
        this.passwords = passwords;
    }

    /** @param displayName the username when missing */
    record Body(
            @Nullable String username,
            @Nullable String email,
            @Nullable String password,
            @Nullable String displayName) {

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
            input.check(
                    email.length() <= EMAIL_LENGTH && EMAIL.matcher(email).matches(),
                    "/email",
                    "must be an e-mail address of at most 254 characters");
        }
        String password = input.required("/password", body.password());
        if (!password.isEmpty()) {
            int length = password.codePointCount(0, password.length());
            input.check(
                    length >= PASSWORD_MIN_LENGTH && length <= PASSWORD_MAX_LENGTH,
                    "/password",
                    "must have 8 to 128 characters");
        }
        String displayName = input.optionalLine("/displayName", body.displayName(), DISPLAY_NAME_LENGTH);
        input.verify();

        // Hashed here, once: the decision may be made several times
        var command = new Register(
                Ids.next(),
                username,
                Usernames.key(username),
                displayName == null ? username : displayName,
                email,
                passwords.hash(password));
        var outcome = commands.run(command, request.repeatable(OPERATION, body));
        return Answers.created(
                outcome,
                new Answer(outcome.event(PersonRegistered.class).orElseThrow().personId()));
    }
}
