package app.veza.command.identity.openid;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EXTERNAL;

import app.veza.command.History;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose account an external one opens. */
@Component
public final class ExternalAccounts {

    private final History history;

    ExternalAccounts(History history) {
        this.history = history;
    }

    /** What that is folded from. */
    public static EventCriteria links(String externalKey) {
        return events(tag(EXTERNAL, externalKey), ProviderLinked.class, ProviderUnlinked.class);
    }

    /** Whose it is after one more event; null: nobody's. Who was erased let go of it. */
    public static @Nullable UUID ownerAfter(@Nullable UUID owner, VezaEvent event) {
        return switch (event) {
            case ProviderLinked linked when !Erased.is(linked.externalKey()) -> linked.personId();
            case ProviderUnlinked unlinked when unlinked.personId().equals(owner) -> null;
            default -> owner;
        };
    }

    public Optional<UUID> ownerOf(ExternalAccount account) {
        @Nullable UUID owner = null;
        for (VezaEvent event : history.read(links(account.key()))) {
            owner = ownerAfter(owner, event);
        }
        return Optional.ofNullable(owner);
    }
}
