package app.veza.server.streaming;

import app.veza.command.streaming.Broadcast.Phase;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.event.streaming.Visibility;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One stream, folded event by event: how far it is, what is told of it, who listens. Not safe for several threads. */
final class TrackedStream {

    private final UUID id;
    private final UUID broadcasterId;
    private final boolean isPublic;
    private String title;
    private @Nullable String description;
    private @Nullable String nowPlaying;
    private Phase phase = Phase.CREATED;
    private long since;
    private Instant at;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Instant recordedAt;
    private boolean isForsaken;
    private final Map<UUID, UUID> listening = new HashMap<>();
    private final Set<UUID> unwelcome = new HashSet<>();
    private int peak;

    TrackedStream(StreamCreated created, long position, Instant at) {
        this.id = created.streamId();
        this.broadcasterId = created.broadcasterId();
        this.isPublic = created.visibility() == Visibility.PUBLIC;
        this.title = created.title();
        this.description = created.description();
        this.since = position;
        this.at = at;
    }

    void apply(VezaEvent event, long position, Instant time) {
        switch (event) {
            case StreamWentLive live -> {
                startedAt = startedAt == null ? time : startedAt;
                become(Phase.LIVE, position, time);
            }
            case StreamInterrupted interrupted -> become(Phase.INTERRUPTED, position, time);
            case StreamResumed resumed -> become(Phase.LIVE, position, time);
            case StreamStopped stopped -> {
                endedAt = time;
                become(Phase.ENDED, position, time);
            }
            case StreamDescribed described -> {
                title = described.title();
                description = described.description();
                nowPlaying = described.nowPlaying();
            }
            case RecordingReady ready -> recordedAt = time;
            case RecordingDeleted deleted -> recordedAt = null;
            case ListenerJoined joined -> {
                listening.put(joined.listeningId(), joined.personId());
                peak = Math.max(peak, listening.size());
            }
            case ListenerLeft left -> {
                listening.remove(left.listeningId());
                unwelcome.remove(left.listeningId());
            }
            case GuestRemoved removed -> turnAway(removed.personId());
            default -> {}
        }
    }

    private void become(Phase next, long position, Instant time) {
        phase = next;
        since = position;
        at = time;
    }

    private void turnAway(UUID person) {
        if (!isPublic) {
            listening.forEach((listeningId, listener) -> {
                if (listener.equals(person)) {
                    unwelcome.add(listeningId);
                }
            });
        }
    }

    /** Its broadcaster was erased: nobody is there to stop it, and what they wrote of it is gone. */
    void forsake() {
        isForsaken = true;
        title = Erased.TEXT;
        description = null;
        nowPlaying = null;
    }

    boolean isForsaken() {
        return isForsaken;
    }

    UUID id() {
        return id;
    }

    UUID broadcasterId() {
        return broadcasterId;
    }

    Phase phase() {
        return phase;
    }

    /** Position of the event by which it came to its phase. */
    long since() {
        return since;
    }

    /** When that happened. */
    Instant at() {
        return at;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Who listens, by the id of each listening. */
    Map<UUID, UUID> listening() {
        return listening;
    }

    /** Listenings of people whose invitation was taken back. */
    Set<UUID> unwelcome() {
        return unwelcome;
    }

    StreamState state() {
        return new StreamState(
                id,
                broadcasterId,
                title,
                description,
                isPublic,
                phase,
                startedAt,
                endedAt,
                hasEnded() ? null : nowPlaying,
                hasEnded() ? 0 : listening.size(),
                peak,
                recordedAt);
    }
}
