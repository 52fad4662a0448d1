package app.veza.command.identity.linkprovider;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.openid.ProvenAccounts;
import app.veza.command.identity.secondfactor.ProofCheck;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The page that the browser comes back to from the provider says here, for who is signed in, what the code is for. */
@RestController
final class LinkProviderEndpoint {

    private final Commands commands;
    private final ProvenAccounts proven;
    private final ProofCheck proofs;

    LinkProviderEndpoint(Commands commands, ProvenAccounts proven, ProofCheck proofs) {
        this.commands = commands;
        this.proven = proven;
        this.proofs = proofs;
    }

    /**
     * @param code from the address that the browser was sent to
     * @param verifier of the challenge that the sign-in began with, when it did
     * @param password needed when the session did not begin a moment ago
     */
    record Body(
            @Required @Nullable String code,
            @Nullable String verifier,
            @Nullable String password) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/api/me/providers")
    ResponseEntity<Void> link(Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String code = input.required("/code", body.code());
        input.verify();
        ExternalAccount account = proven.require(code, body.verifier());
        proofs.requireRecent(caller, Client.of(http), request, body.password());
        proven.requireTaken(code);
        return Answers.noContent(commands.run(new LinkProvider(caller.personId(), account), request.unrepeatable()));
    }
}
