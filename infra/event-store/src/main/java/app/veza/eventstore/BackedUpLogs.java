package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What backups tell of the logs that stood in a stream. */
record BackedUpLogs(BackupObjects objects, String stream) implements FormerLog {
    @Override
    public Optional<String> remembered() throws IOException {
        List<String> logs = new ArrayList<>();
        for (String logId : objects.logs()) {
            Optional<BackupManifest> newest = objects.newestReadable(logId);
            if (newest.isEmpty()) {
                logs.add("log %s, none of whose manifests can be read".formatted(logId));
            } else if (newest.get().stream().equals(stream)
                    && newest.get().end().position() > 0) {
                logs.add("log %s up to position %d"
                        .formatted(logId, newest.get().end().position()));
            }
        }
        return logs.isEmpty() ? Optional.empty() : Optional.of("backups hold " + String.join(", and ", logs));
    }
}
