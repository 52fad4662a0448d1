package app.veza.query.shape;

import app.veza.event.Erased;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stream as one sees it.
 *
 * @param title {@value Person#ERASED} when its broadcaster was
 * @param description none when its broadcaster was erased, nor {@code nowPlaying}
 * @param state {@code created}, {@code live}, {@code interrupted} or {@code ended}
 * @param listeners now; 0 once it has ended
 * @param nowPlaying while it can be heard
 * @param playbackUrl of a public one that has not ended; of a private one it is signed, for each listener who joins
 * @param recordingUrl once it has ended and was recorded: one file, with {@code master.m3u8} beside it; of a private one it is signed for who reads it,
 *     ends, and is in no frame
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveStream(
        UUID id,
        String title,
        @Nullable String description,
        Person broadcaster,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int listeners,
        int peakListeners,
        @Nullable String nowPlaying,
        @Nullable URI playbackUrl,
        @Nullable URI recordingUrl) {

    public LiveStream {
        title = Erased.or(title, Person.ERASED);
        description = Erased.is(description) ? null : description;
        nowPlaying = Erased.is(nowPlaying) ? null : nowPlaying;
    }
}
