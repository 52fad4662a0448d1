package app.veza.audio.live;

import app.veza.audio.hls.EdgeView;
import app.veza.audio.hls.LiveEdge;
import app.veza.audio.hls.Playlists;
import app.veza.audio.hls.Rendition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What players ask for, by path: from the live edge where this node has it, else from the storage; all but {@link Recording#FILE}, which
 * is too large for an answer. Waits for what does not exist
 * yet where the protocol says so, hence for threads that may wait.
 */
public final class Delivery {

    /** Three target durations: who asked for more than comes in that time is told to ask again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);
    /** A playlist that was asked for by number can only be asked for once. */
    private static final String BRIEFLY = "public, max-age=1";

    private static final String ANSWERED = "public, max-age=6";
    private static final String LATER = "public, max-age=60";

    private final LiveAudio audio;
    private final SegmentStore store;
    private final List<Rendition> ladder = Rendition.ladder();

    public Delivery(LiveAudio audio, SegmentStore store) {
        this.audio = audio;
        this.store = store;
    }

    /**
     * @param path below the stream, such as {@code 128k/index.m3u8}
     * @param query of the request, decoded
     * @param shared by an address of one listener, two segments below the stream's, of whom media is to be fetched by the stream's own: so
     *     that what is between answers all of them at once
     */
    public Answer answer(String streamId, String path, Map<String, String> query, boolean shared)
            throws InterruptedException {
        Optional<LiveEdge> edge = audio.edge(streamId);
        if (path.equals(StoredStream.MASTER)) {
            return master(streamId, edge);
        }
        if (path.equals(Recording.PEAKS)) {
            return stored(streamId, path, "application/json", LATER);
        }
        int slash = path.indexOf('/');
        int rendition = slash < 0 ? -1 : rendition(path.substring(0, slash));
        if (rendition < 0) {
            return nothing();
        }
        String file = path.substring(slash + 1);
        if (file.equals(StoredStream.PLAYLIST)) {
            return edge.isPresent() ? playlist(edge.get(), rendition, query, shared) : storedPlaylist(streamId, path);
        }
        if (!file.endsWith(".m4s") && !file.endsWith(".mp4") || file.indexOf('/') >= 0) {
            return nothing();
        }
        return media(streamId, path, edge, rendition, file);
    }

    private Answer master(String streamId, Optional<LiveEdge> edge) {
        boolean live = edge.map(LiveEdge::now).filter(EdgeView::playable).isPresent();
        return live
                ? Answer.found(Playlists.CONTENT_TYPE, LATER, Playlists.multivariant(ladder))
                : stored(streamId, StoredStream.MASTER, Playlists.CONTENT_TYPE, BRIEFLY);
    }

    private Answer playlist(LiveEdge edge, int rendition, Map<String, String> query, boolean shared)
            throws InterruptedException {
        EdgeView view = edge.now();
        boolean delta = "YES".equals(query.get("_HLS_skip")) || "v2".equals(query.get("_HLS_skip"));
        if (!query.containsKey("_HLS_msn")) {
            if (query.containsKey("_HLS_part")) {
                return Answer.refused(400, "malformed", "_HLS_part needs _HLS_msn.");
            }
            return view.playable()
                    ? Answer.found(Playlists.CONTENT_TYPE, BRIEFLY, edge.playlist(view, rendition, delta, shared))
                    : nothing();
        }
        Long number = number(query.get("_HLS_msn"));
        Long part = query.containsKey("_HLS_part") ? number(query.get("_HLS_part")) : Long.valueOf(-1);
        if (number == null || part == null || part > 1_000) {
            return Answer.refused(400, "malformed", "_HLS_msn and _HLS_part are numbers from 0.");
        }
        if (number > view.open() + 2) {
            return Answer.refused(
                    400, "malformed", "_HLS_msn is too far ahead: the newest segment is " + view.open() + ".");
        }
        Integer asked = part < 0 ? null : part.intValue();
        EdgeView later = edge.await(moment -> moment.has(number, asked), LONGEST_WAIT);
        return later.has(number, asked) || later.ended()
                ? Answer.found(Playlists.CONTENT_TYPE, ANSWERED, edge.playlist(later, rendition, delta, shared))
                : Answer.refused(503, "unavailable", "Nothing new came in time: ask again.");
    }

    private Answer media(String streamId, String path, Optional<LiveEdge> edge, int rendition, String file)
            throws InterruptedException {
        if (edge.isPresent()) {
            Optional<byte[]> young = file.endsWith(".mp4")
                    ? edge.get().initialization(rendition, file)
                    : edge.get().segment(rendition, file);
            if (young.isEmpty() && file.indexOf('.') != file.lastIndexOf('.')) {
                young = edge.get().part(rendition, file, LONGEST_WAIT);
            }
            if (young.isPresent()) {
                return Answer.found(StoredStream.SEGMENT_TYPE, Answer.LONG, young.get());
            }
        }
        return stored(streamId, path, StoredStream.SEGMENT_TYPE, Answer.LONG);
    }

    private Answer storedPlaylist(String streamId, String path) {
        Answer answer = stored(streamId, path, Playlists.CONTENT_TYPE, BRIEFLY);
        boolean whole = answer.status() == 200
                && new String(answer.body(), StandardCharsets.UTF_8).endsWith("#EXT-X-ENDLIST\n");
        return whole ? Answer.found(Playlists.CONTENT_TYPE, LATER, answer.body()) : answer;
    }

    private Answer stored(String streamId, String path, String contentType, String cacheControl) {
        return new StoredStream(store, streamId)
                .get(path)
                .map(body -> Answer.found(contentType, cacheControl, body))
                .orElseGet(Delivery::nothing);
    }

    private int rendition(String name) {
        for (int i = 0; i < ladder.size(); i++) {
            if (ladder.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,12}") ? Long.valueOf(text) : null;
    }

    private static Answer nothing() {
        return Answer.refused(404, "not-found", "There is no such thing here, or not yet.");
    }
}
