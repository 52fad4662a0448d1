package app.veza.command.identity.linkedproviders;

import app.veza.command.History;
import app.veza.command.http.Caller;
import app.veza.command.identity.openid.LinkedProviders;
import app.veza.event.VezaEvent;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LinkedProvidersEndpoint {

    private final History history;

    LinkedProvidersEndpoint(History history) {
        this.history = history;
    }

    /** @param items names of providers that open the caller's account */
    record Providers(List<String> items) {}

    @GetMapping("/api/me/providers")
    ResponseEntity<Providers> mine(Caller caller) {
        LinkedProviders linked = LinkedProviders.NONE;
        for (VezaEvent event : history.read(LinkedProviders.of(caller.personId()))) {
            linked = linked.after(event);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Providers(
                        linked.byKey().values().stream().distinct().sorted().toList()));
    }
}
