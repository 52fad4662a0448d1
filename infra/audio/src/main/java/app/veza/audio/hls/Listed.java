package app.veza.audio.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment in its place.
 *
 * @param startMillis when it is heard, since 1970
 * @param discontinuity whether its encoder is another than that of the segment before
 * @param gap whether the storage does not have it, nor ever will
 */
record Listed(SegmentName name, long startMillis, boolean discontinuity, boolean gap) {

    /** @param names of the segments that are stored, in order; those whose numbers are missing between them were lost, each a whole one */
    static List<Listed> of(List<SegmentName> names) {
        var listed = new ArrayList<Listed>(names.size());
        for (SegmentName name : names) {
            while (!listed.isEmpty() && listed.getLast().name().number() + 1 < name.number()) {
                SegmentName before = listed.getLast().name();
                var lost = new SegmentName(before.number() + 1, before.take(), Frames.SEGMENT_SAMPLES);
                listed.add(following(listed, lost).lost());
            }
            listed.add(following(listed, name));
        }
        return listed;
    }

    private static Listed following(List<Listed> before, SegmentName name) {
        if (before.isEmpty()) {
            return new Listed(name, name.take(), false, false);
        }
        Listed last = before.getLast();
        boolean sameTake = last.name().take() == name.take();
        long start = sameTake ? last.startMillis() + Frames.millis(last.name().samples()) : name.take();
        return new Listed(name, start, !sameTake, false);
    }

    Listed lost() {
        return new Listed(name, startMillis, discontinuity, true);
    }
}
