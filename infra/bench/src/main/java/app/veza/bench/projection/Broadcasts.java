package app.veza.bench.projection;

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
import app.veza.event.streaming.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Streams that are on the air, who listens, and what is kept of them. */
final class Broadcasts {

    private static final int AT_ONCE = 12;
    private static final int SEGMENT_MILLIS = 2_048;
    private static final int BYTES_A_SEGMENT = 40_000;

    private enum Phase {
        CREATED,
        LIVE,
        INTERRUPTED
    }

    private record Listening(UUID id, UUID person) {}

    private record Recording(UUID stream, UUID broadcaster) {}

    private static final class Stream {
        final UUID id;
        final UUID broadcaster;
        final boolean recorded;
        final List<Listening> listening = new ArrayList<>();
        Phase phase = Phase.CREATED;
        int segments;

        Stream(UUID id, UUID broadcaster, boolean recorded) {
            this.id = id;
            this.broadcaster = broadcaster;
            this.recorded = recorded;
        }
    }

    private final Course course;
    private final People people;
    private final Notices notices;
    private final List<Stream> onAir = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();

    Broadcasts(Course course, People people, Notices notices) {
        this.course = course;
        this.people = people;
        this.notices = notices;
    }

    List<VezaEvent> next() {
        return List.of(onAir.size() < AT_ONCE ? created() : next(course.any(onAir)));
    }

    private VezaEvent created() {
        Stream created = new Stream(course.newId(), people.anybody(), course.onceIn(2));
        onAir.add(created);
        return new StreamCreated(
                created.id, created.broadcaster, "Night of " + created.id, null, Visibility.PUBLIC, created.recorded);
    }

    private VezaEvent next(Stream stream) {
        return switch (stream.phase) {
            case CREATED -> wentLive(stream);
            case INTERRUPTED -> {
                stream.phase = Phase.LIVE;
                yield new StreamResumed(stream.id, stream.broadcaster, 100 * (1 + course.below(300)));
            }
            case LIVE -> onTheAir(stream);
        };
    }

    private VezaEvent wentLive(Stream stream) {
        stream.phase = Phase.LIVE;
        UUID told = people.anybody();
        if (!told.equals(stream.broadcaster)) {
            notices.live(told, stream.broadcaster, stream.id);
        }
        return new StreamWentLive(stream.id, stream.broadcaster, "audio/webm");
    }

    private VezaEvent onTheAir(Stream stream) {
        int kind = course.below(100);
        if (kind < 25) {
            return stored(stream);
        } else if (kind < 28) {
            stream.phase = Phase.INTERRUPTED;
            return new StreamInterrupted(stream.id, stream.broadcaster);
        } else if (kind < 30 && !recordings.isEmpty()) {
            Recording unwanted = recordings.remove(course.below(recordings.size()));
            return new RecordingDeleted(unwanted.stream(), unwanted.broadcaster(), unwanted.broadcaster());
        } else if (kind < 66 || stream.listening.isEmpty()) {
            Listening listening = new Listening(course.newId(), people.anybody());
            stream.listening.add(listening);
            return new ListenerJoined(stream.id, listening.person(), listening.id());
        } else if (kind < 97) {
            Listening gone = stream.listening.remove(course.below(stream.listening.size()));
            return left(stream, gone, ListenerLeft.Reason.LEFT);
        }
        thenAllLeave(stream);
        if (stream.recorded && stream.segments > 0) {
            course.thenComes(new RecordingReady(
                    stream.id,
                    stream.broadcaster,
                    (long) stream.segments * SEGMENT_MILLIS,
                    (long) stream.segments * BYTES_A_SEGMENT));
            recordings.add(new Recording(stream.id, stream.broadcaster));
        }
        return stopped(stream);
    }

    /** Some minutes of it; now and then nobody speaks. */
    private VezaEvent stored(Stream stream) {
        int first = stream.segments;
        int segments = 10 + course.below(140);
        stream.segments += segments;
        int millis = segments * SEGMENT_MILLIS;
        boolean silent = course.onceIn(20);
        return new SegmentsStored(
                stream.id,
                stream.broadcaster,
                first,
                segments,
                millis,
                (long) segments * BYTES_A_SEGMENT,
                silent ? null : -23 + course.below(90) / 10.0,
                silent ? millis : course.below(2_000));
    }

    private StreamStopped stopped(Stream stream) {
        onAir.remove(stream);
        return new StreamStopped(stream.id, stream.broadcaster);
    }

    private void thenAllLeave(Stream stream) {
        stream.listening.forEach(
                listening -> course.thenComes(left(stream, listening, ListenerLeft.Reason.STREAM_ENDED)));
    }

    private ListenerLeft left(Stream stream, Listening listening, ListenerLeft.Reason reason) {
        return new ListenerLeft(stream.id, listening.person(), listening.id(), 1_000L * course.below(7_200), reason);
    }

    /** They listen no more, their streams end, and nothing is left of their recordings. */
    void leaveAll(UUID erased) {
        recordings.removeIf(recording -> recording.broadcaster().equals(erased));
        for (Stream stream : List.copyOf(onAir)) {
            List<Listening> gone = stream.listening.stream()
                    .filter(listening -> listening.person().equals(erased))
                    .toList();
            stream.listening.removeAll(gone);
            gone.forEach(listening -> course.thenComes(left(stream, listening, ListenerLeft.Reason.GONE)));
            if (stream.broadcaster.equals(erased)) {
                course.thenComes(stopped(stream));
                thenAllLeave(stream);
            }
        }
    }
}
