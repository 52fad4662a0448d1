package app.veza.command.chat.changeroom;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Give a room another name or topic.
 *
 * @param name null to leave it as it is
 * @param topic null to leave it as it is, empty for none
 */
record ChangeRoom(
        UUID roomId,
        UUID by,
        @Nullable String name,
        @Nullable String topic) {}
