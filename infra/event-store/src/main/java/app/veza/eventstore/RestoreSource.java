package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a restore restores from: the newest backup of a log, or a mirror of its stream. */
final class RestoreSource implements AutoCloseable {
    private final EventLogConfig config;
    private final BackupStore store;
    private final BackupObjects objects;
    private final LogRestore.Request request;
    private final @Nullable RawStream mirror;
    private @Nullable BackupManifest manifest;

    private RestoreSource(
            EventLogConfig config, BackupStore store, LogRestore.Request request, @Nullable RawStream mirror) {
        this.config = config;
        this.store = store;
        this.objects = new BackupObjects(store);
        this.request = request;
        this.mirror = mirror;
    }

    static RestoreSource open(EventLogConfig config, BackupStore store, LogRestore.Request request) throws IOException {
        RawStream mirror = request.mirror().isEmpty() ? null : RawStream.connect(config.natsUrl(), request.mirror());
        return new RestoreSource(config, store, request, mirror);
    }

    /**
     * Makes sure that it holds all that is wanted and can be read of the stream that it replaces: what was appended since is backed up
     * first.
     *
     * @throws BackupRefusedException when the stream has sound positions that it cannot get
     */
    void complete(RawStream stream, RawStream.Info held, LogRestore.Listener listener) throws IOException {
        if (mirror == null && request.logId().isEmpty() || request.logId().equals(held.logId())) {
            listener.step("Backing up what is new", held.lastSequence());
            try {
                new LogBackup(config, store, List.of()).runBeforeRestore(stream, held, listener);
                return;
            } catch (LogDamagedException | BackupRefusedException e) {
                requireNothingBehind(stream, held, e.getMessage());
                return;
            }
        }
        requireNothingBehind(stream, held, "");
    }

    private void requireNothingBehind(RawStream stream, RawStream.Info held, String why) throws IOException {
        long wanted = request.lastWanted();
        long last = Math.min(
                wanted, new PositionSearch(stream, held.firstSequence(), held.lastSequence()).lastPosition());
        long kept = find(held.logId()).copy(wanted, append -> {}).position();
        if (last > kept) {
            throw new BackupRefusedException(
                    "positions %d to %d may still be readable in the stream and are not in %s, so replacing it would lose them for good: accept the loss if you mean it%s"
                            .formatted(
                                    kept + 1,
                                    last,
                                    find(held.logId()).described(),
                                    why.isEmpty() ? "" : " (" + why + ")"));
        }
    }

    /** @param present id of the log that is there; empty when there is none */
    AppendSource find(String present) throws IOException {
        if (mirror != null) {
            RawStream.Info info =
                    mirror.info().orElseThrow(() -> new BackupRefusedException("there is no stream " + mirror.name()));
            return new StreamSource(
                    mirror, present.isEmpty() ? "unknown" : present, config.subjectPrefix(), info.lastSequence());
        }
        List<String> logs = objects.logs();
        String logId = request.logId();
        if (logId.isEmpty()) {
            logId = logs.contains(present) ? present : logs.size() == 1 ? logs.getFirst() : "";
        }
        if (logs.isEmpty()) {
            throw new BackupRefusedException("there is no backup of any log");
        }
        if (!logs.contains(logId)) {
            throw new BackupRefusedException(
                    "which backup is meant is not clear: name one of the logs " + String.join(", ", logs));
        }
        BackupManifest found = objects.newest(logId).orElseThrow();
        manifest = found;
        return new BackupSource(objects, found);
    }

    long positions(long to) {
        return manifest == null ? 0 : Math.min(to, manifest.end().position());
    }

    void verifySidecars(List<BackupSidecar> sidecars) throws IOException {
        for (BackupSidecar sidecar : sidecars) {
            content(sidecar);
        }
    }

    void restoreSidecars(List<BackupSidecar> sidecars) throws IOException {
        for (BackupSidecar sidecar : sidecars) {
            byte[] content = content(sidecar);
            if (content != null) {
                sidecar.restore(content);
            }
        }
    }

    private byte @Nullable [] content(BackupSidecar sidecar) throws IOException {
        BackupManifest.Sidecar entry =
                manifest == null ? null : objects.newestSidecar(sidecar.name()).orElse(null);
        return entry == null ? null : objects.checked(entry.key(), entry.sha256());
    }

    @Override
    public void close() {
        if (mirror != null) {
            mirror.close();
        }
    }
}
