package app.veza.server.live;

import app.veza.audio.live.Answer;
import app.veza.audio.live.Recording;
import app.veza.audio.live.StoredStream;
import app.veza.stores.ObjectStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one file of a recording, from the storage as it comes: players ask for parts of it, and it may have hundreds of megabytes. */
final class RecordingFile {

    /** One range, as players ask for it; of several the whole is sent, which RFC 9110 leaves to us. */
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})-(\\d{1,15})?|bytes=-(\\d{1,15})");

    private final ObjectStore bucket;

    RecordingFile(ObjectStore bucket) {
        this.bucket = bucket;
    }

    /** @param last byte, itself sent too */
    private record Range(long first, long last) {

        long length() {
            return last - first + 1;
        }
    }

    /**
     * @param shared whether it may be kept for others too
     * @return false when there is none, and nothing was sent
     */
    boolean send(HttpServletRequest request, HttpServletResponse response, String streamId, boolean shared)
            throws IOException {
        String key = StoredStream.key(streamId, Recording.FILE);
        OptionalLong size = bucket.size(key);
        if (size.isEmpty()) {
            return false;
        }
        var whole = new Range(0, size.getAsLong() - 1);
        Optional<Range> asked = asked(request, size.getAsLong());
        Range range = asked.orElse(whole);
        response.setHeader("Accept-Ranges", "bytes");
        if (range.length() < 1) {
            response.setHeader("Content-Range", "bytes */" + size.getAsLong());
            String text = "The recording has %d bytes.".formatted(size.getAsLong());
            DeliveryFilter.write(response, Answer.refused(416, "range-not-satisfiable", text), true);
            return true;
        }
        response.setContentType(StoredStream.SEGMENT_TYPE);
        response.setHeader("Cache-Control", (shared ? "public" : "private") + ", max-age=60");
        response.setContentLengthLong(range.length());
        if (asked.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    "Content-Range", "bytes %d-%d/%d".formatted(range.first(), range.last(), size.getAsLong()));
        }
        if (request.getMethod().equals("GET")) {
            try (InputStream content = bucket.read(key, range.first(), range.last())) {
                content.transferTo(response.getOutputStream());
            }
        }
        return true;
    }

    /** Empty for the whole; of no length when there is nothing of what was asked for. */
    private static Optional<Range> asked(HttpServletRequest request, long size) {
        String header = request.getHeader("Range");
        // Nothing is sent by which a player could say which version it has
        if (header == null || request.getHeader("If-Range") != null) {
            return Optional.empty();
        }
        Matcher range = RANGE.matcher(header);
        if (!range.matches()) {
            return Optional.empty();
        }
        if (range.group(3) != null) {
            return Optional.of(new Range(Math.max(0, size - Long.parseLong(range.group(3))), size - 1));
        }
        long last = range.group(2) == null ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        return Optional.of(new Range(Long.parseLong(range.group(1)), last));
    }
}
