package app.veza.bench.store;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The event store, appended to as a message is sent: on condition that its sender's membership is as it was when the decision
 * read it, just before, and once for its command.
 */
final class LogContestant implements Contestant {

    private final EventLog log;
    private final VezaEvents events;
    private final long server;

    /** @param server process id of NATS */
    LogContestant(EventLog log, VezaEvents events, long server) {
        this.log = log;
        this.events = events;
        this.server = server;
    }

    @Override
    public String name() {
        return "event store";
    }

    @Override
    public CompletableFuture<?> append(long number, int count) {
        return log.append(request(number, count)).thenAccept(outcome -> {
            if (!(outcome instanceof AppendOutcome.Appended)) {
                throw new IllegalStateException("Not appended: " + outcome);
            }
        });
    }

    private AppendRequest request(long number, int count) {
        NewEvent[] all = new NewEvent[count];
        for (int i = 0; i < count; i++) {
            all[i] = events.message(number + i);
        }
        Set<Tag> member = Set.of(
                new Tag("room", VezaEvents.room(number).toString()),
                all[0].tags().getLast());
        return AppendRequest.of(all)
                .provided(
                        Criteria.anyOf(new Criterion(Set.of("chat.MemberJoined", "chat.MemberLeft"), member)),
                        log.indexedPosition())
                .forCommand(all[0].id(), "fingerprint");
    }

    @Override
    public long server() {
        return server;
    }

    /** The log is its owner's. */
    @Override
    public void close() {}
}
