package app.veza.audio.hls;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest of a live stream, in memory: what was encoded becomes parts, parts become segments, and whoever waits for the next
 * is woken. One thread writes, any number reads.
 */
public final class LiveEdge {

    /** Segments whose bytes are kept: players that are a little behind, and those of other nodes, are served without the storage. */
    private static final int HELD = 8;

    private final int windowSegments;
    private final Deque<Listed> window = new ArrayDeque<>();
    private final Deque<HeldSegment> held = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Long, List<byte[]>> initializations = new HashMap<>();
    private int discontinuitiesBefore;
    private long open;
    private long take;
    private long takeSamples;
    private long samples;
    private int fragments;
    private boolean ended;
    private volatile Moment moment;

    /**
     * @param next completes when there is another
     * @param playlists by rendition, each with its updates and what of both lies elsewhere: each is written once, however many ask
     */
    private record Moment(
            EdgeView view, CompletableFuture<Void> next, AtomicReferenceArray<byte @Nullable []> playlists) {

        static Moment of(EdgeView view) {
            int renditions = Rendition.ladder().size();
            return new Moment(view, new CompletableFuture<>(), new AtomicReferenceArray<>(4 * renditions));
        }
    }

    /**
     * @param stored what the stream has so far, in order: none for a new one
     * @param windowSegments how many whole segments a listener may go back
     */
    public LiveEdge(List<SegmentName> stored, int windowSegments) {
        this.windowSegments = windowSegments;
        for (Listed segment : Listed.of(stored)) {
            list(segment);
            samples += segment.name().samples();
            takeSamples = segment.discontinuity()
                    ? segment.name().samples()
                    : takeSamples + segment.name().samples();
        }
        if (!stored.isEmpty()) {
            take = stored.getLast().take();
            open = stored.getLast().number() + 1;
        }
        this.moment = Moment.of(view());
    }

    public EdgeView now() {
        return moment.view();
    }

    /**
     * An encoder begins: what comes now has another initialization.
     *
     * @param startMillis since 1970; made later than any take before
     * @return the take that its segments bear, and the segment that was cut short by it
     */
    public synchronized Begun begin(long startMillis, List<byte[]> initialization) {
        Optional<HeldSegment> cut = close();
        take = Math.max(startMillis, take + Math.max(1, Frames.millis(takeSamples)));
        takeSamples = 0;
        initializations.put(take, initialization);
        changed();
        return new Begun(take, cut);
    }

    /** What {@link #begin} did. */
    public record Begun(long take, Optional<HeldSegment> cut) {}

    /** Adds a part. @return the segment that is whole with it */
    public synchronized Optional<HeldSegment> append(Slice slice) {
        var data = new ArrayList<byte[]>(slice.frames().size());
        fragments++;
        for (int rendition = 0; rendition < slice.frames().size(); rendition++) {
            data.add(PartWriter.write(
                    rendition + 1, fragments, samples, slice.frames().get(rendition)));
        }
        parts.add(new Part(slice.samples(), data));
        samples += slice.samples();
        // A short part ends its segment: none may follow it there
        boolean whole = parts.size() == Frames.PARTS_PER_SEGMENT || slice.samples() < Frames.PART_SAMPLES;
        Optional<HeldSegment> closed = whole ? close() : Optional.empty();
        changed();
        return closed;
    }

    /** Nothing comes for a while, or not here. @return the segment that was cut short, when there is one */
    public synchronized Optional<HeldSegment> cut() {
        Optional<HeldSegment> cut = close();
        changed();
        return cut;
    }

    /** Nothing comes any more. @return the last segment, when it was not stored yet */
    public synchronized Optional<HeldSegment> end() {
        Optional<HeldSegment> last = close();
        ended = true;
        changed();
        return last;
    }

    /** It could not be stored: once its bytes are not held any more, players that go back pass over it. */
    public synchronized void lost(SegmentName name) {
        List<Listed> marked = window.stream()
                .map(segment -> segment.name().equals(name) ? segment.lost() : segment)
                .toList();
        window.clear();
        window.addAll(marked);
        changed();
    }

    /** Waits until it holds. @return the view in which it does; or the last one, when the time is over or nothing more comes */
    public EdgeView await(Predicate<EdgeView> condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        Moment seen = moment;
        while (!condition.test(seen.view()) && !seen.view().ended()) {
            try {
                seen.next().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                return moment.view();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
            seen = moment;
        }
        return seen.view();
    }

    /**
     * @param delta without what players know since long
     * @param shared by a listener's own address, with media by those that all listeners share
     */
    public byte[] playlist(EdgeView view, int rendition, boolean delta, boolean shared) {
        Moment newest = moment;
        if (newest.view() != view) {
            return write(view, rendition, delta, shared);
        }
        int place = 4 * rendition + (delta ? 1 : 0) + (shared ? 2 : 0);
        byte[] written = newest.playlists().get(place);
        if (written == null) {
            written = write(view, rendition, delta, shared);
            newest.playlists().set(place, written);
        }
        return written;
    }

    private static byte[] write(EdgeView view, int rendition, boolean delta, boolean shared) {
        List<Rendition> ladder = Rendition.ladder();
        String at = shared ? "../../../" + ladder.get(rendition).name() + "/" : "";
        return Playlists.live(view, ladder, rendition, delta, at);
    }

    /** A part by its name; waits for it when it is the one that players were told of. */
    public Optional<byte[]> part(int rendition, String file, Duration atMost) throws InterruptedException {
        EdgeView view = now();
        if (view.hint().equals(file)) {
            view = await(later -> !later.hint().equals(file), atMost);
        }
        return view.part(rendition, file);
    }

    /** A whole segment, while it is young. */
    public Optional<byte[]> segment(int rendition, String file) {
        return now().held().stream()
                .filter(segment -> segment.name().file().equals(file))
                .findFirst()
                .map(segment -> segment.data(rendition));
    }

    /** Of a take that began on this node and is in the window. */
    public synchronized Optional<byte[]> initialization(int rendition, String file) {
        return initializations.entrySet().stream()
                .filter(entry -> SegmentName.initialization(entry.getKey()).equals(file))
                .findFirst()
                .map(entry -> entry.getValue().get(rendition));
    }

    private Optional<HeldSegment> close() {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        int length = parts.stream().mapToInt(Part::samples).sum();
        var segment = new HeldSegment(new SegmentName(open, take, length), List.copyOf(parts));
        boolean discontinuity = !window.isEmpty() && window.getLast().name().take() != take;
        list(new Listed(segment.name(), take + Frames.millis(takeSamples), discontinuity, false));
        held.add(segment);
        if (held.size() > HELD) {
            held.remove();
        }
        takeSamples += length;
        parts.clear();
        open++;
        return Optional.of(segment);
    }

    private void list(Listed segment) {
        window.add(segment);
        if (window.size() > windowSegments) {
            if (window.remove().discontinuity()) {
                discontinuitiesBefore++;
            }
            long oldest = window.getFirst().name().take();
            initializations.keySet().removeIf(begun -> begun < oldest);
        }
    }

    private EdgeView view() {
        return new EdgeView(
                List.copyOf(window), discontinuitiesBefore, List.copyOf(held), open, take, List.copyOf(parts), ended);
    }

    private void changed() {
        Moment before = moment;
        moment = Moment.of(view());
        before.next().complete(null);
    }
}
