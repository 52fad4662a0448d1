package app.veza.command.identity.totpstatus;

import app.veza.command.History;
import app.veza.command.http.Caller;
import app.veza.command.http.LogRead;
import app.veza.command.identity.secondfactor.SecondFactor;
import app.veza.event.VezaEvent;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class TotpStatusEndpoint {

    private final History history;

    TotpStatusEndpoint(History history) {
        this.history = history;
    }

    /**
     * @param enabled whether a code is asked for beside the password
     * @param recoveryCodesLeft how many of them are still good
     */
    record Status(boolean enabled, int recoveryCodesLeft) {}

    @GetMapping("/auth/totp")
    ResponseEntity<Status> status(Caller caller, LogRead read) {
        return read.answer(() -> status(caller.personId()));
    }

    private Status status(UUID person) {
        SecondFactor factor = SecondFactor.NONE;
        for (VezaEvent event : history.read(SecondFactor.of(person))) {
            factor = factor.after(event);
        }
        return new Status(factor.isOn(), factor.recoveryCodesLeft());
    }
}
