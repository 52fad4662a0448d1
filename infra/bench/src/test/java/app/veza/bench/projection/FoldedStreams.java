package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Streams, who listens, and what was kept of them. */
final class FoldedStreams {

    private enum Phase {
        CREATED,
        LIVE,
        INTERRUPTED,
        ENDED,
        RECORDED
    }

    private static final class Stream {
        final UUID broadcaster;
        final boolean recorded;
        final Map<UUID, UUID> listening = new HashMap<>();
        Phase phase = Phase.CREATED;
        int segments;
        long millis;

        Stream(StreamCreated created) {
            this.broadcaster = created.broadcasterId();
            this.recorded = created.record();
        }
    }

    private final FoldedPeople people;
    private final Map<UUID, Stream> streams = new HashMap<>();

    FoldedStreams(FoldedPeople people) {
        this.people = people;
    }

    /** @return whether it tells of streams */
    boolean apply(VezaEvent event) {
        switch (event) {
            case StreamCreated created -> {
                people.isThere(created.broadcasterId());
                assertThat(streams.put(created.streamId(), new Stream(created))).isNull();
            }
            case StreamWentLive live -> turns(live.streamId(), live.broadcasterId(), Phase.CREATED, Phase.LIVE);
            case StreamInterrupted cut -> turns(cut.streamId(), cut.broadcasterId(), Phase.LIVE, Phase.INTERRUPTED);
            case StreamResumed back -> turns(back.streamId(), back.broadcasterId(), Phase.INTERRUPTED, Phase.LIVE);
            case SegmentsStored stored -> {
                turns(stored.streamId(), stored.broadcasterId(), Phase.LIVE, Phase.LIVE);
                Stream stream = streams.get(stored.streamId());
                assertThat(stored.firstSegment()).isEqualTo(stream.segments);
                stream.segments += stored.segments();
                stream.millis += stored.durationMillis();
            }
            case StreamStopped stopped -> {
                Stream stream = streams.get(stopped.streamId());
                assertThat(stopped.broadcasterId()).isEqualTo(stream.broadcaster);
                assertThat(stream.phase).isNotIn(Phase.ENDED, Phase.RECORDED);
                if (people.areThere(stream.broadcaster)) {
                    assertThat(stream.phase).isEqualTo(Phase.LIVE);
                }
                stream.phase = Phase.ENDED;
            }
            case RecordingReady ready -> {
                turns(ready.streamId(), ready.broadcasterId(), Phase.ENDED, Phase.RECORDED);
                assertThat(streams.get(ready.streamId()).recorded).isTrue();
                assertThat(ready.durationMillis()).isEqualTo(streams.get(ready.streamId()).millis);
            }
            case RecordingDeleted gone -> turns(gone.streamId(), gone.broadcasterId(), Phase.RECORDED, Phase.ENDED);
            case ListenerJoined joined -> {
                people.isThere(joined.personId());
                assertThat(streams.get(joined.streamId()).phase).isEqualTo(Phase.LIVE);
                assertThat(streams.get(joined.streamId()).listening.put(joined.listeningId(), joined.personId()))
                        .isNull();
            }
            case ListenerLeft left -> {
                Stream stream = streams.get(left.streamId());
                assertThat(stream.listening.remove(left.listeningId())).isEqualTo(left.personId());
                if (left.reason() == ListenerLeft.Reason.STREAM_ENDED) {
                    assertThat(stream.phase).isEqualTo(Phase.ENDED);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void turns(UUID id, UUID broadcaster, Phase from, Phase to) {
        Stream stream = streams.get(id);
        people.isThere(broadcaster);
        assertThat(broadcaster).isEqualTo(stream.broadcaster);
        assertThat(stream.phase).isEqualTo(from);
        stream.phase = to;
    }

    /** Who listens, and who is on the air. */
    Set<UUID> present() {
        Set<UUID> present = new HashSet<>();
        for (Stream stream : streams.values()) {
            present.addAll(stream.listening.values());
            if (stream.phase != Phase.ENDED && stream.phase != Phase.RECORDED) {
                present.add(stream.broadcaster);
            }
        }
        return present;
    }
}
