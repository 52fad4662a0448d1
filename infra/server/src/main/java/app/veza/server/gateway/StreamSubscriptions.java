package app.veza.server.gateway;

import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.socket.FrameInput;
import app.veza.command.streaming.watchstream.StreamAdmission;
import app.veza.gateway.CloseCode;
import app.veza.gateway.Subscription;
import app.veza.gateway.Subscription.Joined;
import app.veza.gateway.Topics;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import app.veza.query.shape.LiveStream;
import app.veza.server.streaming.LiveStreams;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code stream.subscribe} and {@code stream.unsubscribe}: whoever may hear a stream follows what becomes of it. There is no history to
 * catch up with: the reply says how the stream is, and each frame how it is then.
 */
final class StreamSubscriptions {

    private static final Logger log = LoggerFactory.getLogger(StreamSubscriptions.class);

    /** The follower is behind the index by milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final long NOTHING_SENT = -1;

    private final Topics topics;
    private final Streams streams;

    StreamSubscriptions(Topics topics, Streams streams) {
        this.topics = topics;
        this.streams = streams;
    }

    /** Who may follow a stream, how it is, and how that is told. */
    record Streams(StreamAdmission admission, LiveStreams live, StreamFrames frames, Supplier<String> logId) {

        StreamSubscriptions over(Topics topics) {
            return new StreamSubscriptions(topics, this);
        }
    }

    Reply unsubscribe(Frame frame) {
        topics.unsubscribe(StreamEvent.topic(streamOf(frame)), frame.connection());
        return Reply.ack();
    }

    Reply subscribe(Frame frame) {
        UUID streamId = streamOf(frame);
        UUID personId = SocketPrincipal.of(frame.connection()).personId();
        String logId = streams.logId().get();
        long knownThrough = streams.admission().admit(personId, streamId);
        Subscription subscription =
                topics.subscribe(StreamEvent.topic(streamId), frame.connection(), NOTHING_SENT, knownThrough);
        try {
            // Whose invitation is taken back from here on is unsubscribed by the follower. Before it could, here
            if (subscription.replayThrough() > knownThrough) {
                streams.admission().admit(personId, streamId);
            }
            long position = followedThrough(Math.max(knownThrough, subscription.replayThrough()));
            LiveStream stream =
                    streams.frames().stream(streamId).orElseThrow(() -> Rejection.notFound("There is no such stream."));
            return Reply.ack(Map.of("streamId", streamId, "log", logId, "position", position, "stream", stream))
                    .then(() -> bringUp(subscription, stream, position));
        } catch (RuntimeException refused) {
            subscription.unsubscribe();
            throw refused;
        }
    }

    private void bringUp(Subscription subscription, LiveStream told, long from) {
        UUID streamId = told.id();
        try {
            long through = from;
            while (subscription.live(through).join() == Joined.BEHIND) {
                through = followedThrough(subscription.replayThrough());
                var now = new StreamEvent(through, streamId, StreamEvent.UPDATED);
                long position = through;
                streams.frames().of(now).ifPresent(frame -> subscription.replay(position, frame));
            }
            // Who came or left before it was live was told to others
            streams.live()
                    .state(streamId)
                    .filter(now -> now.listeners() != told.listeners() || now.peakListeners() != told.peakListeners())
                    .ifPresent(now -> streams.live().tellCount(streamId));
        } catch (RuntimeException failure) {
            log.warn("Stream {} cannot be told now: its connection is closed and can come again", streamId, failure);
            subscription.connection().close(CloseCode.INTERNAL_ERROR, "the stream cannot be read now");
        }
    }

    /** The position, at or after the given one, that the streams of this node are known by. */
    private long followedThrough(long position) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long now = streams.live().position();
        while (now < position) {
            if (System.nanoTime() > end) {
                throw new Overloaded("This node does not know yet how the stream is.", Duration.ofSeconds(1));
            }
            LockSupport.parkNanos(LOOK.toNanos());
            now = streams.live().position();
        }
        return now;
    }

    private static UUID streamOf(Frame frame) {
        var input = new FrameInput(frame);
        UUID streamId = input.id("streamId");
        input.verify();
        return streamId;
    }
}
