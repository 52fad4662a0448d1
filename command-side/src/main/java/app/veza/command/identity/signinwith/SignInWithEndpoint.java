package app.veza.command.identity.signinwith;

import app.veza.command.History;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.SessionRejections;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.openid.ExternalAccounts;
import app.veza.command.identity.openid.ProvenAccounts;
import app.veza.command.identity.secondfactor.SecondFactor;
import app.veza.command.identity.token.SignInAnswers;
import app.veza.event.VezaEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where a page exchanges the code that the redirect brought it, so that no token ever stands in an address. */
@RestController
final class SignInWithEndpoint {

    private final ExternalSignIn signIns;
    private final ExternalAccounts external;
    private final ProvenAccounts proven;
    private final History history;

    SignInWithEndpoint(ExternalSignIn signIns, ExternalAccounts external, ProvenAccounts proven, History history) {
        this.signIns = signIns;
        this.external = external;
        this.proven = proven;
        this.history = history;
    }

    /**
     * @param code from the address that the browser was sent to
     * @param verifier of the challenge that the sign-in began with, when it did
     * @param totp of who signs in with codes: one that changes with the time, or a recovery code
     */
    record Body(
            @Required @Nullable String code,
            @Nullable String verifier,
            @Nullable String totp) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "Body[]";
        }
    }

    @PostMapping("/auth/oauth2/token")
    ResponseEntity<SignInAnswers.SignedIn> signIn(
            CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String code = input.required("/code", body.code());
        input.verify();
        ExternalAccount account = proven.require(code, body.verifier());
        if (body.totp() == null
                && external.ownerOf(account).filter(this::needsCode).isPresent()) {
            // The code stays good: the person is asked, and comes again
            throw SessionRejections.totpRequired();
        }
        proven.requireTaken(code);
        return signIns.signIn(request, Client.of(http), account, body.totp());
    }

    private boolean needsCode(UUID person) {
        SecondFactor factor = SecondFactor.NONE;
        for (VezaEvent event : history.read(SecondFactor.of(person))) {
            factor = factor.after(event);
        }
        return factor.isOn();
    }
}
