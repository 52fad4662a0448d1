package app.veza.command.identity.removetotp;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.identity.secondfactor.ProofCheck;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class RemoveTotpEndpoint {

    private final Commands commands;
    private final ProofCheck proofs;
    private final InstantSource clock;

    RemoveTotpEndpoint(Commands commands, ProofCheck proofs, InstantSource clock) {
        this.commands = commands;
        this.proofs = proofs;
        this.clock = clock;
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/auth/totp/remove")
    ResponseEntity<Void> remove(
            Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody ProofCheck.ProofBody body) {
        return Answers.noContent(proofs.run(
                caller,
                Client.of(http),
                request,
                body,
                proof -> commands.run(
                        new RemoveTotp(caller.personId(), proof, clock.instant()), request.unrepeatable())));
    }
}
