package app.veza.command.notification;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** What is decided about one webhook, by its own events alone. */
public interface WebhookDecider<C extends WebhookCommand> extends Decider<C, Optional<Webhook>> {

    @Override
    default Optional<EventCriteria> boundary(C command) {
        return Boundary.of(Webhook.of(command.webhookId()));
    }

    @Override
    default Optional<Webhook> initial() {
        return Optional.empty();
    }

    @Override
    default Optional<Webhook> evolve(Optional<Webhook> state, VezaEvent event) {
        return Webhook.after(state, event);
    }
}
