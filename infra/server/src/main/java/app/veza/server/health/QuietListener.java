package app.veza.server.health;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The health check's own connection: that NATS is away is told by the check, not by a line for every attempt. */
final class QuietListener implements ErrorListener {

    private static final Logger log = LoggerFactory.getLogger(QuietListener.class);

    @Override
    public void errorOccurred(Connection connection, String error) {
        log.debug("NATS said: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        log.debug("NATS connection", failure);
    }
}
