package app.veza.command.chat.reportmessage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tell that a message should not be there. */
record ReportMessage(
        UUID roomId, UUID messageId, UUID by, @Nullable String reason) {}
