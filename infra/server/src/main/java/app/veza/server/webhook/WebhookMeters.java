package app.veza.server.webhook;

import app.veza.reaction.webhook.Turns;
import app.veza.reaction.webhook.WebhookTransport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of what webhooks are sent. */
final class WebhookMeters implements WebhookTransport {

    private static final Logger log = LoggerFactory.getLogger(WebhookMeters.class);
    private static final int HUNDRED = 100;

    private final WebhookTransport transport;
    private final MeterRegistry meters;

    WebhookMeters(WebhookTransport transport, Turns turns, MeterRegistry meters) {
        this.transport = transport;
        this.meters = meters;
        Gauge.builder("veza.webhooks.oldest", turns, WebhookMeters::oldest)
                .description("How long the oldest of what webhooks have yet to be told waits, on all nodes")
                .baseUnit("seconds")
                .register(meters);
    }

    @Override
    public Answer post(URI url, Map<String, String> headers, byte[] body) {
        Answer answer = transport.post(url, headers, body);
        Counter.builder("veza.webhooks.posts")
                .description("Posts to webhooks, by the hundred of the status or why there was none")
                .tag("answer", answer.status() == null ? String.valueOf(answer.failure()) : hundred(answer.status()))
                .register(meters)
                .increment();
        return answer;
    }

    private static String hundred(int status) {
        return status / HUNDRED + "xx";
    }

    private static double oldest(Turns turns) {
        try {
            return turns.oldest().toMillis() / 1_000.0;
        } catch (SQLException away) {
            log.debug("How long webhooks wait cannot be told now", away);
            return Double.NaN;
        }
    }
}
