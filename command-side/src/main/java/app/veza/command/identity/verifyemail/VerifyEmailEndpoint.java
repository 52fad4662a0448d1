package app.veza.command.identity.verifyemail;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.command.History;
import app.veza.command.http.Answers;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.token.MailedToken;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.command.identity.token.MailedTokenRejections;
import app.veza.command.identity.token.MailedTokens;
import app.veza.event.identity.EmailVerificationRequested;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The token alone proves enough: a mail may be opened where nobody is logged in. */
@RestController
final class VerifyEmailEndpoint {

    private final Commands commands;
    private final History history;
    private final MailedTokens tokens;
    private final InstantSource clock;

    VerifyEmailEndpoint(Commands commands, History history, MailedTokens tokens, InstantSource clock) {
        this.commands = commands;
        this.history = history;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @param token as it came by mail */
    record Body(@Required @Nullable String token) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/auth/email/verify")
    ResponseEntity<Void> verify(CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String text = input.required("/token", body.token());
        input.verify();
        MailedToken token = tokens.read(Purpose.VERIFY_EMAIL, text.strip()).orElseThrow(MailedTokenRejections::notGood);
        String emailKey = history.read(events(tag(PERSON, token.personId()), EmailVerificationRequested.class)).stream()
                .map(EmailVerificationRequested.class::cast)
                .filter(asked -> asked.requestId().equals(token.requestId()))
                .map(EmailVerificationRequested::emailKey)
                .findFirst()
                .orElseThrow(MailedTokenRejections::notGood);
        return Answers.noContent(commands.run(
                new VerifyEmail(token.personId(), token.requestId(), emailKey, clock.instant()),
                request.unrepeatable()));
    }
}
