package app.veza.command.identity.grantadmin;

import app.veza.command.Rejection;
import app.veza.command.http.Answers;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.Usernames;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** For the operator's token alone: an engineer must not be able to become an admin. */
@RestController
final class GrantAdminEndpoint {

    private final Commands commands;
    private final Accounts accounts;

    GrantAdminEndpoint(Commands commands, Accounts accounts) {
        this.commands = commands;
        this.accounts = accounts;
    }

    record Body(@Required @Nullable String username) {}

    record Answer(UUID id, String username) {}

    @PostMapping("/api/admin/admins")
    ResponseEntity<Answer> grant(CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        String username = input.required("/username", body.username());
        input.verify();
        Account account = accounts.byUsername(Usernames.key(username))
                .orElseThrow(() ->
                        Rejection.notFound("Nobody has the username '%s': register it first.".formatted(username)));
        var outcome = commands.run(new GrantAdmin(account.personId()), request.unrepeatable());
        return Answers.ok(outcome, new Answer(account.personId(), account.username()));
    }
}
