package app.veza.command.identity.enroltotp;

import app.veza.command.Rejection;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.secondfactor.Totp;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EnrolTotpEndpoint {

    private final Commands commands;
    private final Accounts accounts;

    EnrolTotpEndpoint(Commands commands, Accounts accounts) {
        this.commands = commands;
        this.accounts = accounts;
    }

    /**
     * Shown this once.
     *
     * @param secret to be typed into an app
     * @param uri the same, to be shown to an app as a QR code
     */
    record Answer(String secret, URI uri) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    @PostMapping("/auth/totp/begin")
    ResponseEntity<Answer> enrol(Caller caller, CommandRequest request) {
        Account account = accounts.byId(caller.personId())
                .orElseThrow(() -> Rejection.unauthenticated("This account was erased."));
        String secret = Totp.newSecret();
        var outcome = commands.run(new EnrolTotp(caller.personId(), secret), request.unrepeatable());
        return Answers.secret(outcome, new Answer(secret, Totp.uri(secret, account.username())));
    }
}
