package app.veza.command.streaming.describestream;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Say something else of a stream.
 *
 * @param title null to leave it as it is
 * @param description null to leave it as it is, empty for none
 * @param nowPlaying likewise
 */
record DescribeStream(
        UUID streamId,
        UUID by,
        @Nullable String title,
        @Nullable String description,
        @Nullable String nowPlaying) {}
