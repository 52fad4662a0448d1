package app.veza.audio.hls;

import java.util.List;

/** A whole segment with its bytes: to be stored, and to be given to listeners until it is old. */
public record HeldSegment(SegmentName name, List<Part> parts) {

    public byte[] data(int rendition) {
        return Boxes.joined(
                parts.stream().map(part -> part.data().get(rendition)).toList());
    }

    /** Of all renditions together. */
    public long bytes() {
        return parts.stream()
                .flatMap(part -> part.data().stream())
                .mapToLong(data -> data.length)
                .sum();
    }
}
