package app.veza.audio.hls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live stream at one moment; never changes.
 *
 * @param window whole segments that can be asked for, oldest first
 * @param discontinuitiesBefore it: of segments that left the window
 * @param held the last of them, with their bytes
 * @param open number of the segment that grows
 * @param take of that segment
 * @param parts of that segment so far
 */
public record EdgeView(
        List<Listed> window,
        int discontinuitiesBefore,
        List<HeldSegment> held,
        long open,
        long take,
        List<Part> parts,
        boolean ended) {

    /** Whether anything can be played. */
    public boolean playable() {
        return !window.isEmpty() || !parts.isEmpty();
    }

    /** Whether the playlist has what a blocking reload asks for (RFC 8216bis, 6.2.5.2). @param part null: the whole segment */
    public boolean has(long number, @Nullable Integer part) {
        if (number > open) {
            return false;
        }
        if (number == open) {
            return part != null && parts.size() > part;
        }
        // A part behind the last of its segment is the first of the next
        boolean behind = part != null
                && number == open - 1
                && held(number).map(segment -> part >= segment.parts().size()).orElse(false);
        return !behind || !parts.isEmpty();
    }

    Optional<HeldSegment> held(long number) {
        return held.stream()
                .filter(segment -> segment.name().number() == number)
                .findFirst();
    }

    /** @param file as {@link SegmentName#part} makes it */
    Optional<byte[]> part(int rendition, String file) {
        for (HeldSegment segment : held) {
            SegmentName name = segment.name();
            for (int i = 0; i < segment.parts().size(); i++) {
                if (SegmentName.part(name.number(), name.take(), i).equals(file)) {
                    return Optional.of(segment.parts().get(i).data().get(rendition));
                }
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            if (SegmentName.part(open, take, i).equals(file)) {
                return Optional.of(parts.get(i).data().get(rendition));
            }
        }
        return Optional.empty();
    }

    /** The part that comes next, which players are told to ask for already. */
    String hint() {
        return SegmentName.part(open, take, parts.size());
    }
}
