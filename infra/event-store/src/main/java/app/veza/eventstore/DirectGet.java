package app.veza.eventstore;

import io.nats.client.Message;

/**
 * What answers a direct get. Beside the stream's replicas that is every mirror of it in the same account: NATS makes each answer for its origin
 * where the origin allows direct gets, whatever was asked for when the mirror was made. It may lag, and after a restore it is of the
 * log that was, so nothing that it says is said of the log.
 */
final class DirectGet {

    private DirectGet() {}

    /** Whether the stream itself answers, by any of its replicas; not to be asked of a status, which names nobody. */
    static boolean isOf(String stream, Message answer) {
        return stream.equals(answer.getHeaders().getFirst("Nats-Stream"));
    }

    static LogMessage message(Message answer) {
        return new LogMessage(
                Long.parseLong(answer.getHeaders().getFirst("Nats-Sequence")),
                answer.getHeaders().getFirst("Nats-Subject"),
                answer.getHeaders(),
                answer.getData());
    }
}
