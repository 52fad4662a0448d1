package app.veza.command.identity.linkedproviders;

import app.veza.command.History;
import app.veza.command.http.Caller;
import app.veza.command.http.LogRead;
import app.veza.command.identity.openid.LinkedProviders;
import app.veza.event.VezaEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LinkedProvidersEndpoint {

    private final History history;

    LinkedProvidersEndpoint(History history) {
        this.history = history;
    }

    /**
     * @param items names of providers that open the caller's account
     * @param nextCursor always null: there are no more than are configured
     */
    record Providers(
            List<String> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String nextCursor) {}

    @GetMapping("/api/me/providers")
    ResponseEntity<Providers> mine(Caller caller, LogRead read) {
        return read.answer(() -> linked(caller.personId()));
    }

    private Providers linked(UUID person) {
        LinkedProviders linked = LinkedProviders.NONE;
        for (VezaEvent event : history.read(LinkedProviders.of(person))) {
            linked = linked.after(event);
        }
        return new Providers(
                linked.byKey().values().stream().distinct().sorted().toList(), null);
    }
}
