package app.veza.server.gateway;

import app.veza.command.InvalidInput;
import app.veza.command.socket.FrameInput;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.gateway.CloseCode;
import app.veza.gateway.Connection;
import app.veza.gateway.Subscription;
import app.veza.gateway.Subscription.Joined;
import app.veza.gateway.Topics;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code room.subscribe} and {@code room.unsubscribe}: members follow a room, from now on or from where they were. */
final class RoomSubscriptions {

    private static final Logger log = LoggerFactory.getLogger(RoomSubscriptions.class);

    /** A position that another node answered with may be ahead of this node's index, by milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Sent before it is waited that the socket takes it; with what is live meanwhile well below the bound for slow readers. */
    private static final int PAGE_BYTES = 128 * 1024;

    /** Before every position: held back until the reply is sent. */
    private static final long NOTHING_SENT = -1;

    private final Topics topics;
    private final Rooms rooms;

    /** The replays of one connection take turns, page by page: together they would be taken for what a slow reader leaves. */
    private final Cache<Connection, ReentrantLock> turns =
            Caffeine.newBuilder().weakKeys().build();

    RoomSubscriptions(Topics topics, Rooms rooms) {
        this.topics = topics;
        this.rooms = rooms;
    }

    Reply unsubscribe(Frame frame) {
        topics.unsubscribe(RoomEvent.topic(roomOf(frame)), frame.connection());
        return Reply.ack();
    }

    Reply subscribe(Frame frame) {
        UUID roomId = roomOf(frame);
        OptionalLong from = fromOf(frame);
        Optional<String> log = frame.optionalString("log");
        UUID personId = SocketPrincipal.of(frame.connection()).personId();
        // Before any position is read: should the log be replaced meanwhile, a new position is told to be of the old
        // one,
        // and the client's next request clears that up
        String logId = rooms.history().logId();
        long memberThrough = rooms.admission().admit(personId, roomId);
        Subscription subscription =
                topics.subscribe(RoomEvent.topic(roomId), frame.connection(), NOTHING_SENT, memberThrough);
        try {
            // Whoever leaves from here on is unsubscribed by the follower. Who left before it could is caught here
            if (subscription.replayThrough() > memberThrough) {
                rooms.admission().admit(personId, roomId);
            }
            var known = new Known(from, log.isPresent(), !log.orElse(logId).equals(logId));
            return subscribed(roomId, logId, known, subscription);
        } catch (RuntimeException refused) {
            subscription.unsubscribe();
            throw refused;
        }
    }

    /**
     * What the client has seen.
     *
     * @param isNamed that the log is, of which the position is one
     * @param isOfAnother that this is not the one in use
     */
    private record Known(OptionalLong from, boolean isNamed, boolean isOfAnother) {}

    private Reply subscribed(UUID roomId, String logId, Known known, Subscription subscription) {
        long now = subscription.replayThrough();
        boolean recovered = !known.isOfAnother() && (known.from().isEmpty() || canRecover(roomId, known, now));
        long after = recovered ? known.from().orElse(now) : now;
        return Reply.of(
                        "subscribed",
                        Map.of(
                                "roomId",
                                roomId,
                                "log",
                                logId,
                                "position",
                                Math.max(now, after),
                                "recovered",
                                recovered))
                .then(() -> bringUp(subscription, roomId, after));
    }

    /**
     * Not from a position past the end, which is one of another log or of a tail that was lost. That of a log that is known to be this one
     * stands in it: then it is this node that is behind, and nothing is lost.
     */
    private boolean canRecover(UUID roomId, Known known, long now) {
        long from = known.from().orElseThrow();
        if (rooms.history().reaches(from, PATIENCE)) {
            return !rooms.history().exceeds(rooms.mostReplayed(), roomId, from, now);
        }
        long head = rooms.history().head();
        if (known.isNamed() || from <= head) {
            throw new PositionNotReachedException(from, head);
        }
        return false;
    }

    /** Replays until history and what is live meet. Nobody may be left believing that nothing was missed. */
    private void bringUp(Subscription subscription, UUID roomId, long after) {
        Connection connection = subscription.connection();
        var replay = new Replay(subscription);
        try {
            long through = after;
            Joined joined = Joined.BEHIND;
            while (joined == Joined.BEHIND) {
                long target = Math.max(through, subscription.replayThrough());
                if (target > through && !rooms.history().forEach(roomId, through, target, replay::send)) {
                    // Ended meanwhile: why, if others ended it, is told now
                    subscription.live(through);
                    return;
                }
                if (!replay.endPage()) {
                    return;
                }
                through = target;
                joined = subscription.live(through).join();
            }
            if (joined == Joined.LIVE) {
                endIfClosed(subscription, roomId, through);
            }
        } catch (RuntimeException failure) {
            log.warn("A replay of room {} could not go on: its connection is closed and can resume", roomId, failure);
            connection.close(CloseCode.INTERNAL_ERROR, "the room's history cannot be read now");
        } finally {
            replay.end();
        }
    }

    /** What the follower passed before it was live. To what it has not passed yet it comes with all that lies before. */
    private void endIfClosed(Subscription subscription, UUID roomId, long through) {
        OptionalLong closed = rooms.history().closedAt(roomId);
        if (closed.isPresent() && closed.getAsLong() <= topics.position()) {
            subscription.unsubscribe(rooms.frames().closed(roomId, Math.max(closed.getAsLong(), through)));
        }
    }

    /** What is sent of history, no faster than the socket takes it and its person may read. */
    private final class Replay {

        private final Subscription subscription;
        private final ReentrantLock turn;
        private int inPage;

        Replay(Subscription subscription) {
            this.subscription = subscription;
            this.turn = turns.get(subscription.connection(), connection -> new ReentrantLock(true));
        }

        /** False once the connection, or the subscription, has ended. */
        boolean send(RoomEvent event) {
            byte[] frame = rooms.frames().replayed(event).orElse(null);
            if (frame == null) {
                return true;
            }
            if (!turn.isHeldByCurrentThread()) {
                turn.lock();
            }
            inPage += frame.length;
            return subscription.replay(event.position(), frame) && (inPage < PAGE_BYTES || pace() && endPage());
        }

        /** A page is as much as a read gives over HTTP, and goes no faster than who reads there may. Others of the connection wait. */
        private boolean pace() {
            Connection connection = subscription.connection();
            UUID person = SocketPrincipal.of(connection).personId();
            try {
                Duration wait = rooms.limits().waitForRead(person);
                while (wait.isPositive() && connection.isOpen()) {
                    Thread.sleep(wait);
                    wait = rooms.limits().waitForRead(person);
                }
                return connection.isOpen();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Waits that the socket takes what was sent; false once the connection has ended. */
        boolean endPage() {
            inPage = 0;
            boolean isOpen = subscription.connection().whenWritable().join();
            end();
            return isOpen;
        }

        void end() {
            if (turn.isHeldByCurrentThread()) {
                turn.unlock();
            }
        }
    }

    private static UUID roomOf(Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        input.verify();
        return roomId;
    }

    private static OptionalLong fromOf(Frame frame) {
        var from = frame.optionalLong("from");
        if (from.isPresent() && from.get() < 0) {
            throw new InvalidInput("/from", "must be a position: a whole number that is not negative");
        }
        return from.isPresent() ? OptionalLong.of(from.get()) : OptionalLong.empty();
    }
}
