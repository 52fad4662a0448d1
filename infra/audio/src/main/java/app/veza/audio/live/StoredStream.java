package app.veza.audio.live;

import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import java.util.List;
import java.util.Optional;

/** What the storage has of one stream, and where. */
public record StoredStream(SegmentStore store, String streamId) {

    public static final String MASTER = "master.m3u8";
    public static final String PLAYLIST = "index.m3u8";
    public static final String SEGMENT_TYPE = "audio/mp4";

    /** @param path below the stream, such as {@code 128k/index.m3u8} */
    public String key(String path) {
        return key(streamId, path);
    }

    public static String key(String streamId, String path) {
        return "live/" + streamId + "/" + path;
    }

    public String key(Rendition rendition, String file) {
        return key(rendition.name() + "/" + file);
    }

    public Optional<byte[]> get(String path) {
        return store.get(key(path));
    }

    /** In order. A segment is stored in the order of the ladder, so what the last rendition has is there in all. */
    public List<SegmentName> segments() {
        String prefix = key(Rendition.ladder().getLast(), "");
        return store.keys(prefix).stream()
                .map(key -> SegmentName.parse(key.substring(prefix.length())))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /** All of it, recording included. */
    public void delete() {
        store.keys(key("")).forEach(store::delete);
    }
}
