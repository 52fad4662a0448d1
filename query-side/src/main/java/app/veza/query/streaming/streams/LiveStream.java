package app.veza.query.streaming.streams;

import app.veza.query.shape.Person;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param state {@code created}, {@code live}, {@code interrupted} or {@code ended} */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LiveStream(
        UUID id,
        String title,
        @Nullable String description,
        Person broadcaster,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int listeners,
        int peakListeners) {}
