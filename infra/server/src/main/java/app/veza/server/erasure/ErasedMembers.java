package app.veza.server.erasure;

import app.veza.command.chat.leaveerased.ErasedMemberships;
import app.veza.event.EventTypes;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is erased leaves their rooms: soon after the erasure, which does not wait for it, and when a node starts, should none have come to
 * it. Whatever cannot be done now is tried again; several nodes may do it at once, for it is decided once.
 */
final class ErasedMembers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ErasedMembers.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventLog events;
    private final JacksonEventCodec codec;
    private final ErasedMemberships memberships;
    private final BlockingQueue<UUID> erased = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().name("erased-members").unstarted(this::run);

    ErasedMembers(EventLog events, JacksonEventCodec codec, ErasedMemberships memberships) {
        this.events = events;
        this.codec = codec;
        this.memberships = memberships;
    }

    void follow(Erasures erasures) {
        erasures.onErased(person -> erased.add(UUID.fromString(person)));
        thread.start();
    }

    private void run() {
        try {
            while (!isLookedThrough()) {
                Thread.sleep(PAUSE);
            }
            while (true) {
                UUID person = erased.take();
                if (!isOut(person)) {
                    erased.add(person);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLookedThrough() {
        try {
            Sourcing found = events.source(
                    Criteria.anyOf(new Criterion(Set.of(EventTypes.nameOf(PersonErased.class)), Set.of())), 0);
            found.forEachRemaining(event -> erased.add(((PersonErased) codec.decode(event)).personId()));
            return true;
        } catch (RuntimeException failure) {
            log.warn("Who was erased cannot be read now, trying again", failure);
            return false;
        }
    }

    private boolean isOut(UUID person) {
        try {
            memberships.end(person);
            return true;
        } catch (RuntimeException failure) {
            log.warn("{}, who is erased, cannot be taken out of their rooms now, trying again", person, failure);
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(PAUSE);
    }
}
