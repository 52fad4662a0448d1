package app.veza.audio.hls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cuts what the encoders of a take give into slices that begin and end alike in all renditions, whichever is ahead. */
public final class Slicer {

    private final List<Deque<byte[]>> waiting;

    public Slicer(int renditions) {
        this.waiting = Stream.<Deque<byte[]>>generate(ArrayDeque::new)
                .limit(renditions)
                .toList();
    }

    public void add(FragmentReader.Frame frame) {
        waiting.get(frame.track()).add(frame.data());
    }

    /** The next whole part's worth. */
    public Optional<Slice> next() {
        return complete() >= Frames.PER_PART ? Optional.of(cut(Frames.PER_PART)) : Optional.empty();
    }

    /** What is left at a take's end, less than a part; what only one rendition has is dropped. */
    public Optional<Slice> rest() {
        int frames = complete();
        return frames > 0 ? Optional.of(cut(frames)) : Optional.empty();
    }

    private int complete() {
        return waiting.stream().mapToInt(Deque::size).min().orElse(0);
    }

    private Slice cut(int count) {
        var slice = new ArrayList<List<byte[]>>();
        for (Deque<byte[]> rendition : waiting) {
            var frames = new ArrayList<byte[]>(count);
            for (int i = 0; i < count; i++) {
                frames.add(rendition.remove());
            }
            slice.add(List.copyOf(frames));
        }
        return new Slice(List.copyOf(slice));
    }
}
