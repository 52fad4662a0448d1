package app.veza.command.identity.openid;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * What opens a person's account beside their password.
 *
 * @param byKey the provider's name by what the person is known as there
 */
public record LinkedProviders(Map<String, String> byKey) {

    public static final LinkedProviders NONE = new LinkedProviders(Map.of());

    /** What it is folded from. */
    public static EventCriteria of(UUID personId) {
        return events(tag(PERSON, personId), ProviderLinked.class, ProviderUnlinked.class);
    }

    public LinkedProviders after(VezaEvent event) {
        var changed = new LinkedHashMap<>(byKey);
        switch (event) {
            case ProviderLinked linked
            when !Erased.is(linked.externalKey()) -> changed.put(linked.externalKey(), linked.provider());
            case ProviderUnlinked unlinked -> changed.remove(unlinked.externalKey());
            default -> {}
        }
        return new LinkedProviders(changed);
    }
}
