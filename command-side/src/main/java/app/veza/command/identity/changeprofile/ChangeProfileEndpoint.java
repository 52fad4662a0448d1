package app.veza.command.identity.changeprofile;

import app.veza.command.Rejection;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.token.SignedInUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ChangeProfileEndpoint {

    private static final String OPERATION = "identity.change-profile";
    private static final int DISPLAY_NAME_LENGTH = 80;

    private final Commands commands;
    private final Accounts accounts;

    ChangeProfileEndpoint(Commands commands, Accounts accounts) {
        this.commands = commands;
        this.accounts = accounts;
    }

    /** Neither roles nor anything else of a person is taken from here. */
    record Body(
            @Limits(min = 1, max = DISPLAY_NAME_LENGTH) @Required @Nullable
            String displayName) {}

    @PatchMapping("/api/me")
    ResponseEntity<SignedInUser> change(Caller caller, CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String displayName = input.line("/displayName", body.displayName(), DISPLAY_NAME_LENGTH);
        input.verify();
        var outcome = commands.run(
                new ChangeProfile(caller.personId(), displayName), request.repeatable(OPERATION, displayName));
        var account = accounts.byId(caller.personId())
                .orElseThrow(() -> Rejection.unauthenticated("This account was erased."));
        return Answers.ok(outcome, SignedInUser.of(account));
    }
}
