package app.veza.bench.store;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A log of the platform's events, in which some people have sent exactly 5, 50 or 500 messages, spread over all of it. */
final class FilledLog {

    private static final int IN_FLIGHT = 1024;

    /** People who sent so many messages, and how many they are. */
    enum Senders {
        OF_5(5, 400),
        OF_50(50, 40),
        OF_500(500, 8);

        final int messages;
        final int people;

        Senders(int messages, int people) {
            this.messages = messages;
            this.people = people;
        }

        UUID person(int number) {
            return VezaEvents.person(1_000_000L * messages + number);
        }

        /** What a decision asks for. */
        Criteria sent(int number) {
            return Criteria.anyOf(
                    Criterion.tagged(new Tag("person", person(number).toString()))
                            .ofTypes(VezaEvents.MESSAGE_SENT));
        }
    }

    private FilledLog() {}

    /** Appends events one by one and returns how many a second. */
    static double fill(EventLog log, VezaEvents events, long count) throws InterruptedException {
        List<UUID> senders = senders();
        long step = count / senders.size();
        if (step == 0) {
            throw new IllegalArgumentException("--events: at least %,d".formatted(senders.size()));
        }
        var room = new Semaphore(IN_FLIGHT);
        var failure = new AtomicReference<@Nullable Throwable>();
        long start = System.nanoTime();
        for (long n = 0; n < count && failure.get() == null; n++) {
            room.acquire();
            long turn = n / step;
            NewEvent event =
                    n % step == 0 && turn < senders.size() ? events.message(senders.get((int) turn), n) : events.any(n);
            log.append(AppendRequest.of(event).forCommand(event.id(), null)).whenComplete((outcome, failed) -> {
                if (!(outcome instanceof AppendOutcome.Appended)) {
                    failure.set(failed == null ? new IllegalStateException("Not appended: " + outcome) : failed);
                }
                room.release();
            });
        }
        room.acquire(IN_FLIGHT);
        double rate = count * 1e9 / (System.nanoTime() - start);
        if (failure.get() != null || !log.awaitIndexed(log.head(), Duration.ofMinutes(1))) {
            throw new IllegalStateException("The log could not be filled", failure.get());
        }
        return rate;
    }

    private static List<UUID> senders() {
        List<UUID> all = new ArrayList<>();
        for (Senders group : Senders.values()) {
            for (int i = 0; i < group.people; i++) {
                all.addAll(Collections.nCopies(group.messages, group.person(i)));
            }
        }
        Collections.shuffle(all, new Random(1));
        return all;
    }
}
