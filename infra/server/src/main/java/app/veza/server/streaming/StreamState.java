package app.veza.server.streaming;

import app.veza.command.streaming.Broadcast.Phase;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stream at one position of the log.
 *
 * @param recordedAt since when its recording can be played; null when there is none
 */
public record StreamState(
        UUID id,
        UUID broadcasterId,
        String title,
        @Nullable String description,
        boolean isPublic,
        Phase phase,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String nowPlaying,
        int listeners,
        int peakListeners,
        @Nullable Instant recordedAt) {}
