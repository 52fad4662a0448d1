package app.veza.command.wired;

import app.veza.command.chat.AttachmentStore;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Files as a storage would have them. */
final class UploadedFiles implements AttachmentStore {

    private final Map<UUID, Long> sizes = new ConcurrentHashMap<>();

    void put(UUID attachmentId, long size) {
        sizes.put(attachmentId, size);
    }

    @Override
    public URI uploadUrl(UUID attachmentId, String contentType, long size) {
        return URI.create("https://files.example/%s?type=%s&size=%d".formatted(attachmentId, contentType, size));
    }

    @Override
    public OptionalLong seal(UUID attachmentId) {
        Long size = sizes.get(attachmentId);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
