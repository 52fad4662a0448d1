package app.veza.command.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What became of what webhooks were sent. It is no history, so it stands in no log. */
@FunctionalInterface
public interface WebhookAnswers {

    /**
     * How a webhook answered last.
     *
     * @param answer a status of HTTP, or in one word why there was none
     */
    record Last(Instant at, String answer) {}

    /** Of those that were ever sent anything; of none while it cannot be told. */
    Map<UUID, Last> last(Set<UUID> webhooks);
}
