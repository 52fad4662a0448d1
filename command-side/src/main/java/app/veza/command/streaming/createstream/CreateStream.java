package app.veza.command.streaming.createstream;

import app.veza.event.streaming.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Open a live stream, owned by its broadcaster. */
record CreateStream(
        UUID streamId,
        UUID broadcasterId,
        String title,
        @Nullable String description,
        Visibility visibility,
        boolean record) {}
