package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds what a restore restores from: the newest backup of a log, or a mirror of its stream. */
final class RestoreSource implements AutoCloseable {
    private final EventLogConfig config;
    private final BackupStore store;
    private final BackupObjects objects;
    private final LogRestore.Request request;
    private final @Nullable RawStream mirror;
    /** Whose backup; empty: it depends on what is there. */
    private String logId;

    private @Nullable BackupManifest manifest;

    private RestoreSource(
            EventLogConfig config, BackupStore store, LogRestore.Request request, @Nullable RawStream mirror) {
        this.config = config;
        this.store = store;
        this.objects = new BackupObjects(store);
        this.request = request;
        this.mirror = mirror;
        this.logId = request.logId();
    }

    static RestoreSource open(EventLogConfig config, BackupStore store, LogRestore.Request request) throws IOException {
        RawStream mirror = request.mirror().isEmpty() ? null : RawStream.connect(config.natsUrl(), request.mirror());
        return new RestoreSource(config, store, request, mirror);
    }

    /**
     * Settles whose backup is meant, before the present log's own is added to those that there are.
     *
     * @throws BackupRefusedException when that is not clear
     */
    void choose(RawStream stream, RawStream.Info present) throws IOException {
        if (mirror != null) {
            return;
        }
        if (logId.isEmpty()) {
            requireNoLostTail(stream, present);
        }
        if (request.acceptLoss()) {
            logId = meant(present.logId(), objects.logs());
        }
    }

    /** A log that has lost its tail goes on under another id, and has backups of its own that lack what was lost. */
    private void requireNoLostTail(RawStream stream, RawStream.Info present) throws IOException {
        for (String former : present.formerLogIds()) {
            Optional<BackupManifest> backup = objects.newest(former);
            if (backup.isPresent()
                    && !LogBackup.isIn(stream, present, backup.get().end())) {
                throw new BackupRefusedException(
                        "log %s, which is there, was log %s before it lost its tail, and the backup of that one reaches position %d, which the stream does not hold: name the log whose backup is meant. --log %s brings back what was lost; if the stream got events since, --accept-loss with it gives those up (they stay in a backup of log %s). --log %s keeps the log as it is"
                                .formatted(
                                        present.logId(),
                                        former,
                                        backup.get().end().position(),
                                        former,
                                        present.logId(),
                                        present.logId()));
            }
        }
    }

    /**
     * Backs up what is new and sound in the stream that it replaces, and makes sure that it holds all that is wanted and can be read of it.
     *
     * @throws BackupRefusedException when the stream has sound events that it has not, and their loss was not accepted
     */
    void complete(RawStream stream, RawStream.Info held, LogRestore.Listener listener) throws IOException {
        listener.step("Backing up what is new", held.lastSequence());
        boolean isOwn = mirror == null && (logId.isEmpty() || logId.equals(held.logId()));
        String missed = "";
        try {
            new LogBackup(config, store, List.of()).runBeforeRestore(stream, held, listener);
        } catch (LogDamagedException | BackupRefusedException e) {
            missed = String.valueOf(e.getMessage());
        } catch (IOException | BackupDamagedException e) {
            if (isOwn) {
                throw e;
            }
            missed = String.valueOf(e.getMessage());
        }
        if (!request.acceptLoss() && !(isOwn && missed.isEmpty())) {
            requireAllOf(stream, held, missed);
        }
    }

    /** Positions alone do not tell: those of another log, or of one that has forked off, are the same numbers. */
    private void requireAllOf(RawStream stream, RawStream.Info held, String missed) throws IOException {
        long wanted = request.lastWanted();
        LogPoint last = lastSound(stream, held, wanted);
        AppendSource source = find(held.logId());
        var holdsLast = new AtomicBoolean(last.position() == 0);
        LogPoint kept = source.copy(wanted, append -> {
            if (append.lastPosition() == last.position() && last.hasHash(append.chainHash())) {
                holdsLast.set(true);
            }
        });
        if (last.position() > kept.position()) {
            String what = "positions %d to %d may still be readable in the stream and are not in %s"
                    .formatted(kept.position() + 1, last.position(), source.described());
            throw refused(what, missed);
        }
        if (!holdsLast.get()) {
            String what = "what the stream holds as position %d is not what %s holds there"
                    .formatted(last.position(), source.described());
            throw refused(what, missed);
        }
    }

    private static BackupRefusedException refused(String what, String missed) {
        return new BackupRefusedException("%s, so events would be lost for good: accept the loss if you mean it%s"
                .formatted(what, missed.isEmpty() ? "" : " (" + missed + ")"));
    }

    /** The last append of the stream that is sound, and begins no later than what is wanted. */
    private static LogPoint lastSound(RawStream stream, RawStream.Info held, long wanted) throws IOException {
        var last = new AtomicReference<>(LogPoint.ORIGIN);
        LogWalk walk = LogWalk.behind(
                LogPoint.ORIGIN,
                append -> {
                    if (append.firstPosition() <= wanted) {
                        last.set(append.point());
                    }
                },
                damage -> {});
        while (walk.next() <= held.lastSequence()) {
            LogVerifier.readBatch(stream, walk, held.lastSequence());
        }
        return last.get();
    }

    /** @param present id of the log that is there; empty when there is none */
    AppendSource find(String present) throws IOException {
        if (mirror != null) {
            RawStream.Info info =
                    mirror.info().orElseThrow(() -> new BackupRefusedException("there is no stream " + mirror.name()));
            return new StreamSource(
                    mirror, present.isEmpty() ? "unknown" : present, config.subjectPrefix(), info.lastSequence());
        }
        String meant = meant(present, objects.logs());
        BackupManifest found = objects.newest(meant).orElseThrow();
        manifest = found;
        return new BackupSource(objects, found);
    }

    private String meant(String present, List<String> logs) {
        String meant = logId;
        if (meant.isEmpty()) {
            meant = logs.contains(present) ? present : logs.size() == 1 ? logs.getFirst() : "";
        }
        if (logs.isEmpty()) {
            throw new BackupRefusedException("there is no backup of any log");
        }
        if (!logs.contains(meant)) {
            throw new BackupRefusedException(
                    "which backup is meant is not clear: name one of the logs " + String.join(", ", logs));
        }
        return meant;
    }

    long positions(long to) {
        return manifest == null ? 0 : Math.min(to, manifest.end().position());
    }

    /** A mirror has none: what lies beside the log is left as it is. */
    void verifySidecars(List<BackupSidecar> sidecars) throws IOException {
        if (manifest != null) {
            new SidecarBackups(store, config.streamName(), sidecars).verify();
        }
    }

    void restoreSidecars(List<BackupSidecar> sidecars) throws IOException {
        if (manifest != null) {
            new SidecarBackups(store, config.streamName(), sidecars).restoreBackedUp();
        }
    }

    @Override
    public void close() {
        if (mirror != null) {
            mirror.close();
        }
    }
}
