package app.veza.audio.live;

import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /**
     * In order. Of two nodes that went on from the same place, one not knowing of the other, the one whose encoder began later has the
     * broadcaster's audio, the other silence. A segment is stored in the order of the ladder, so what the last rendition has is there in all.
     */
    public List<SegmentName> segments() {
        String prefix = key(Rendition.ladder().getLast(), "");
        SortedMap<Long, SegmentName> newest = new TreeMap<>();
        store.keys(prefix).stream()
                .map(key -> SegmentName.parse(key.substring(prefix.length())))
                .flatMap(Optional::stream)
                .sorted()
                .forEach(segment -> newest.put(segment.number(), segment));
        return List.copyOf(newest.values());
    }

    /** All of it, recording included. */
    public void delete() {
        store.keys(key("")).forEach(store::delete);
    }
}
