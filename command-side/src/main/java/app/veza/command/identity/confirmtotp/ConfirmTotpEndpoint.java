package app.veza.command.identity.confirmtotp;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.secondfactor.ProofCheck;
import app.veza.command.identity.secondfactor.RecoveryCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ConfirmTotpEndpoint {

    private final Commands commands;
    private final ProofCheck proofs;
    private final InstantSource clock;

    ConfirmTotpEndpoint(Commands commands, ProofCheck proofs, InstantSource clock) {
        this.commands = commands;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** @param password needed when the session did not begin a moment ago */
    record Body(@Required @Nullable String code, @Nullable String password) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    /** @param recoveryCodes shown this once */
    record Answer(List<String> recoveryCodes) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    @PostMapping("/auth/totp/confirm")
    ResponseEntity<Answer> confirm(
            Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String code = input.required("/code", body.code());
        input.verify();
        proofs.requireRecent(caller, Client.of(http), request, body.password());
        RecoveryCodes recovery = RecoveryCodes.create();
        var outcome = commands.run(
                new ConfirmTotp(caller.personId(), code, recovery.hashes(), clock.instant()), request.unrepeatable());
        return Answers.secret(outcome, new Answer(recovery.codes()));
    }
}
