package app.veza.server.webhook;

import app.veza.command.notification.WebhookAnswers;
import app.veza.reaction.webhook.Turns;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How webhooks answered, from where who sends notes it. */
final class NotedAnswers implements WebhookAnswers {

    private static final Logger log = LoggerFactory.getLogger(NotedAnswers.class);

    private final Turns turns;

    NotedAnswers(Turns turns) {
        this.turns = turns;
    }

    @Override
    public Map<UUID, Last> last(Set<UUID> webhooks) {
        if (webhooks.isEmpty()) {
            return Map.of();
        }
        try {
            return turns.last(webhooks).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            noted -> new Last(
                                    noted.getValue().at(), noted.getValue().answer())));
        } catch (SQLException away) {
            log.warn("How webhooks answered cannot be told now", away);
            return Map.of();
        }
    }
}
