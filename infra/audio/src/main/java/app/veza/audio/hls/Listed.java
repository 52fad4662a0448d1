package app.veza.audio.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment in its place.
 *
 * @param startMillis when it is heard, since 1970
 * @param discontinuity whether its encoder is another than that of the segment before
 */
record Listed(SegmentName name, long startMillis, boolean discontinuity) {

    /** @param names in order, from the stream's first */
    static List<Listed> of(List<SegmentName> names) {
        var listed = new ArrayList<Listed>(names.size());
        long samples = 0;
        for (SegmentName name : names) {
            boolean first = listed.isEmpty();
            boolean sameTake = !first && listed.getLast().name().take() == name.take();
            samples = sameTake ? samples : 0;
            listed.add(new Listed(name, name.take() + Frames.millis(samples), !first && !sameTake));
            samples += name.samples();
        }
        return listed;
    }
}
