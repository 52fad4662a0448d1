package app.veza.command.identity.renewrecoverycodes;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.secondfactor.ProofCheck;
import app.veza.command.identity.secondfactor.RecoveryCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RenewRecoveryCodesEndpoint {

    private final Commands commands;
    private final ProofCheck proofs;
    private final InstantSource clock;

    RenewRecoveryCodesEndpoint(Commands commands, ProofCheck proofs, InstantSource clock) {
        this.commands = commands;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** @param recoveryCodes shown this once */
    record Answer(List<String> recoveryCodes) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    @PostMapping("/auth/totp/recovery-codes")
    ResponseEntity<Answer> renew(
            Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody ProofCheck.ProofBody body) {
        RecoveryCodes recovery = RecoveryCodes.create();
        var outcome = proofs.run(
                caller,
                Client.of(http),
                request,
                body,
                proof -> commands.run(
                        new RenewRecoveryCodes(caller.personId(), proof, recovery.hashes(), clock.instant()),
                        request.unrepeatable()));
        return Answers.secret(outcome, new Answer(recovery.codes()));
    }
}
