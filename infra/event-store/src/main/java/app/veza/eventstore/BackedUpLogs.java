package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What backups tell of the logs that stood in a stream. */
record BackedUpLogs(BackupObjects objects, String stream) implements FormerLog {
    private static final Logger LOG = LoggerFactory.getLogger(BackedUpLogs.class);

    @Override
    public Optional<String> remembered() throws IOException {
        List<String> logs = new ArrayList<>();
        for (String logId : objects.logs()) {
            Optional<BackupManifest> newest = newest(logId);
            if (newest.isEmpty()) {
                logs.add(
                        "log %s, none of whose manifests can be read (move log-backup/%s/ away if it is no log of this stream)"
                                .formatted(logId, logId));
            } else if (newest.get().stream().equals(stream)
                    && newest.get().end().position() > 0) {
                logs.add("log %s up to position %d"
                        .formatted(logId, newest.get().end().position()));
            }
        }
        return logs.isEmpty() ? Optional.empty() : Optional.of("backups hold " + String.join(", and ", logs));
    }

    private Optional<BackupManifest> newest(String logId) throws IOException {
        try {
            return objects.newestReadable(logId);
        } catch (BackupRefusedException ofAnotherVersion) {
            LOG.warn("A backup cannot be read: {}", ofAnotherVersion.getMessage());
            return Optional.empty();
        }
    }
}
