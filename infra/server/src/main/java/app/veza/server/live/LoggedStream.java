package app.veza.server.live;

import app.veza.audio.live.StoredBatch;
import app.veza.audio.live.StreamEvents;
import app.veza.command.Rejection;
import app.veza.command.http.Commands;
import app.veza.command.streaming.endabandoned.EndAbandoned;
import app.veza.command.streaming.golive.GoLive;
import app.veza.command.streaming.interruptstream.InterruptStream;
import app.veza.command.streaming.resumestream.ResumeStream;
import app.veza.command.streaming.storesegments.StoreSegments;
import app.veza.eventstore.command.CommandOptions;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what becomes of a stream into the log. Each of these may be decided again, so what fails is tried again until it is there
 * or refused: the events of a stream stay in order, and none is left out because the log was away.
 */
final class LoggedStream implements StreamEvents {

    private static final Logger log = LoggerFactory.getLogger(LoggedStream.class);
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final int MOST_TRIES = 150;

    private final Commands commands;
    private final LiveFinisher finisher;
    private final UUID streamId;
    private final UUID broadcasterId;
    /** Up to where the log was known when the broadcaster came on the air here: who did so elsewhere since is not cut off by this node. */
    private long onAirAt;
    /** Up to where the log was known when the broadcaster was lost here. What was said elsewhere the watch ends. */
    private long interruptedAt;

    LoggedStream(Commands commands, LiveFinisher finisher, UUID streamId, UUID broadcasterId) {
        this.commands = commands;
        this.finisher = finisher;
        this.streamId = streamId;
        this.broadcasterId = broadcasterId;
    }

    @Override
    public void storing() {
        finisher.note(streamId);
    }

    @Override
    public void wentLive(String contentType) {
        onAirAt = run(new GoLive(streamId, broadcasterId, contentType));
    }

    @Override
    public void interrupted() {
        interruptedAt = run(new InterruptStream(streamId, onAirAt));
    }

    @Override
    public void resumed(int silenceMillis) {
        onAirAt = run(new ResumeStream(streamId, silenceMillis));
    }

    @Override
    public void stored(StoredBatch batch) {
        run(new StoreSegments(
                streamId,
                batch.firstSegment(),
                batch.segments(),
                batch.durationMillis(),
                batch.bytes(),
                batch.loudness(),
                batch.silentMillis()));
    }

    @Override
    public void graceOver() {
        run(new EndAbandoned(streamId, interruptedAt), () -> finisher.following(streamId));
    }

    private long run(Object command) {
        return run(command, CommandOptions::none);
    }

    /** @return position up to which it was decided; 0 when it was refused */
    private long run(Object command, Supplier<CommandOptions> options) {
        long pause = 50;
        for (int attempt = 1; ; attempt++) {
            try {
                return commands.run(command, options.get()).position();
            } catch (Rejection refused) {
                log.warn("{} was refused: {}", command, refused.detail());
                return 0;
            } catch (RuntimeException failure) {
                if (attempt == MOST_TRIES) {
                    throw failure;
                }
                log.warn("{} is tried again (try {}): {}", command, attempt, failure.toString());
                pause(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the log was away", e);
        }
    }
}
