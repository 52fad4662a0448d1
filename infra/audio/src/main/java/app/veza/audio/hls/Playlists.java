package app.veza.audio.hls;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Playlists as RFC 8216bis has them. Addresses are relative, so they are good behind any host and any prefix. */
public final class Playlists {

    public static final String CONTENT_TYPE = "application/vnd.apple.mpegurl";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** Whole seconds, to which no segment's duration may round above. */
    private static final int TARGET_SECONDS = 2;
    /** Updates leave out what is older: six target durations are the least. */
    private static final long SKIP_UNTIL_SAMPLES = 6L * Frames.SEGMENT_SAMPLES;
    /** Parts are told of while they are younger: three target durations. */
    private static final int SEGMENTS_WITH_PARTS = 3;

    private Playlists() {}

    /** The multivariant playlist. */
    public static byte[] multivariant(List<Rendition> renditions) {
        var out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (Rendition rendition : renditions) {
            // Fragments' headers take some 5 kbit/s beside the audio, and frames differ in size
            int peak = rendition.bitsPerSecond() * 6 / 5 + 8_000;
            int average = rendition.bitsPerSecond() + 5_000;
            out.append("#EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,CODECS=\"%s\"\n%s/index.m3u8\n"
                    .formatted(peak, average, Rendition.CODECS, rendition.name()));
        }
        return bytes(out);
    }

    /**
     * A media playlist of a stream that goes on, or of its last minutes when it has just ended.
     *
     * @param rendition by its place in the ladder
     * @param delta leave out what players know since long (EXT-X-SKIP)
     * @param at what addresses of media begin with: nothing where they lie beside the playlist
     */
    public static byte[] live(EdgeView view, List<Rendition> ladder, int rendition, boolean delta, String at) {
        List<Listed> window = view.window();
        var out = new StringBuilder(200 + 120 * window.size());
        long number = window.isEmpty() ? view.open() : window.getFirst().name().number();
        out.append("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:")
                .append(TARGET_SECONDS)
                .append('\n');
        out.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=%s,HOLD-BACK=%s,PART-HOLD-BACK=%s\n"
                .formatted(
                        Frames.seconds(SKIP_UNTIL_SAMPLES),
                        Frames.seconds(3L * Frames.SEGMENT_SAMPLES),
                        Frames.seconds(3L * Frames.PART_SAMPLES)));
        out.append("#EXT-X-PART-INF:PART-TARGET=")
                .append(Frames.seconds(Frames.PART_SAMPLES))
                .append('\n');
        out.append("#EXT-X-MEDIA-SEQUENCE:").append(number).append('\n');
        out.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(view.discontinuitiesBefore())
                .append('\n');
        int skipped = delta ? skippable(window) : 0;
        if (skipped > 0) {
            out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
        }
        for (int i = skipped; i < window.size(); i++) {
            Listed segment = window.get(i);
            begin(out, segment.discontinuity(), i == skipped, segment.name().take(), segment.startMillis(), at);
            if (window.size() - i <= SEGMENTS_WITH_PARTS) {
                SegmentName name = segment.name();
                view.held(name.number()).ifPresent(held -> parts(out, name.number(), name.take(), held.parts(), at));
            }
            segment(
                    out,
                    segment.name(),
                    segment.gap() && view.held(segment.name().number()).isEmpty(),
                    at);
        }
        if (view.ended()) {
            return bytes(out.append("#EXT-X-ENDLIST\n"));
        }
        open(out, view, at);
        for (int other = 0; other < ladder.size(); other++) {
            if (other != rendition) {
                report(out, view, ladder.get(other).name());
            }
        }
        return bytes(out);
    }

    /** All of a stream that has ended. What is missing between its segments is told as such. */
    public static byte[] ended(List<SegmentName> names) {
        return plain(Listed.of(names), 0, true);
    }

    /**
     * What is stored of a stream that goes on: for players without low latency, and while its node is away.
     *
     * @param upTo number of the last segment that is stored
     * @return empty when what is stored is older than all that can be asked for
     */
    public static Optional<byte[]> stored(EdgeView view, long upTo) {
        List<Listed> stored = view.window().stream()
                .filter(segment -> segment.name().number() <= upTo)
                .toList();
        return stored.isEmpty() ? Optional.empty() : Optional.of(plain(stored, view.discontinuitiesBefore(), false));
    }

    private static byte[] plain(List<Listed> segments, int discontinuitiesBefore, boolean ended) {
        var out = new StringBuilder(200 + 120 * segments.size());
        out.append("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:")
                .append(TARGET_SECONDS)
                .append('\n');
        if (ended) {
            out.append("#EXT-X-PLAYLIST-TYPE:VOD\n");
        }
        out.append("#EXT-X-MEDIA-SEQUENCE:")
                .append(segments.isEmpty() ? 0 : segments.getFirst().name().number())
                .append('\n');
        out.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(discontinuitiesBefore)
                .append('\n');
        boolean first = true;
        for (Listed segment : segments) {
            begin(out, segment.discontinuity(), first, segment.name().take(), segment.startMillis(), "");
            segment(out, segment.name(), segment.gap(), "");
            first = false;
        }
        return bytes(ended ? out.append("#EXT-X-ENDLIST\n") : out);
    }

    private static int skippable(List<Listed> window) {
        long fromEnd = 0;
        for (int i = window.size() - 1; i >= 0; i--) {
            fromEnd += window.get(i).name().samples();
            if (fromEnd > SKIP_UNTIL_SAMPLES) {
                return i;
            }
        }
        return 0;
    }

    private static void begin(
            StringBuilder out, boolean discontinuity, boolean first, long take, long startMillis, String at) {
        if (discontinuity) {
            out.append("#EXT-X-DISCONTINUITY\n");
        }
        if (discontinuity || first) {
            out.append("#EXT-X-MAP:URI=\"")
                    .append(at)
                    .append(SegmentName.initialization(take))
                    .append("\"\n");
        }
        out.append("#EXT-X-PROGRAM-DATE-TIME:")
                .append(TIME.format(Instant.ofEpochMilli(startMillis)))
                .append('\n');
    }

    private static void segment(StringBuilder out, SegmentName name, boolean gap, String at) {
        if (gap) {
            out.append("#EXT-X-GAP\n");
        }
        out.append("#EXTINF:").append(Frames.seconds(name.samples())).append(",\n");
        out.append(at).append(name.file()).append('\n');
    }

    private static void parts(StringBuilder out, long number, long take, List<Part> parts, String at) {
        for (int i = 0; i < parts.size(); i++) {
            out.append("#EXT-X-PART:DURATION=%s,INDEPENDENT=YES,URI=\"%s%s\"\n"
                    .formatted(Frames.seconds(parts.get(i).samples()), at, SegmentName.part(number, take, i)));
        }
    }

    private static void open(StringBuilder out, EdgeView view, String at) {
        List<Listed> window = view.window();
        boolean first = window.isEmpty();
        boolean discontinuity = !first && window.getLast().name().take() != view.take();
        if (!view.parts().isEmpty()) {
            long start = first || discontinuity
                    ? view.take()
                    : window.getLast().startMillis()
                            + Frames.millis(window.getLast().name().samples());
            begin(out, discontinuity, first, view.take(), start, at);
            parts(out, view.open(), view.take(), view.parts(), at);
        }
        out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
                .append(at)
                .append(view.hint())
                .append("\"\n");
    }

    private static void report(StringBuilder out, EdgeView view, String name) {
        boolean begun = !view.parts().isEmpty();
        long number = begun ? view.open() : Math.max(0, view.open() - 1);
        int part = begun
                ? view.parts().size() - 1
                : view.held(number).map(segment -> segment.parts().size() - 1).orElse(0);
        out.append("#EXT-X-RENDITION-REPORT:URI=\"../%s/index.m3u8\",LAST-MSN=%d,LAST-PART=%d\n"
                .formatted(name, number, part));
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
