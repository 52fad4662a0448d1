package app.veza.projection.replica.chat;

import app.veza.event.chat.Attachment;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a message names and bears, as its row holds it: nothing costs nothing. */
final class MessageJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private record Stored(UUID id, String contentType, long size) {}

    private MessageJson() {}

    static @Nullable JSONB mentions(List<UUID> mentions) {
        return mentions.isEmpty() ? null : JSONB.valueOf(JSON.writeValueAsString(mentions));
    }

    static List<UUID> mentions(@Nullable JSONB stored) {
        return stored == null ? List.of() : Arrays.asList(JSON.readValue(stored.data(), UUID[].class));
    }

    static @Nullable JSONB attachments(List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return null;
        }
        // no jsonb can hold U+0000
        return JSONB.valueOf(JSON.writeValueAsString(attachments.stream()
                .map(file -> new Stored(file.attachmentId(), file.contentType().replace('\0', '\uFFFD'), file.size()))
                .toList()));
    }

    static List<UUID> attachmentIds(@Nullable JSONB stored) {
        return stored == null
                ? List.of()
                : Arrays.stream(JSON.readValue(stored.data(), Stored[].class))
                        .map(Stored::id)
                        .toList();
    }
}
