package app.veza.audio.hls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment, told by its name: a list of names is all that another node needs to go on with a stream, and all that a playlist is
 * made from.
 *
 * @param number media sequence number, from 0 over the whole stream
 * @param take when the encoder that made it began, in milliseconds since 1970: segments of one take share an initialization, and
 *     between two takes is a discontinuity. A time and not a count, so that nodes that know nothing of each other never use one twice
 * @param samples at 48 kHz
 */
public record SegmentName(long number, long take, int samples) implements Comparable<SegmentName> {

    private static final Pattern FORM = Pattern.compile("(\\d{8})-([0-9a-z]{1,10})-(\\d{1,6})\\.m4s");

    public static Optional<SegmentName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new SegmentName(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2), 36),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    public String file() {
        return "%s-%d.m4s".formatted(prefix(number, take), samples);
    }

    public static String initialization(long take) {
        return "init-%s.mp4".formatted(Long.toString(take, 36));
    }

    static String part(long number, long take, int index) {
        return "%s.%d.m4s".formatted(prefix(number, take), index);
    }

    private static String prefix(long number, long take) {
        return "%08d-%s".formatted(number, Long.toString(take, 36));
    }

    @Override
    public int compareTo(SegmentName other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : Long.compare(take, other.take);
    }
}
