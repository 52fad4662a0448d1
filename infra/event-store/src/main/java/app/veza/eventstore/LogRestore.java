package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes a log anew from its backup or from a mirror: the same appends at the same positions with the same hashes, under a new log id, so
 * that every copy of the old one (index, read models, clients) notices and rebuilds. Nodes may run meanwhile: they wait.
 */
public final class LogRestore {
    private final EventLogConfig config;
    private final BackupStore store;
    private final List<BackupSidecar> sidecars;

    /**
     * @param toPosition the last one wanted; the append that holds it is restored whole. 0: all
     * @param logId whose backup; empty: of the log that is there, or the only one that has a backup
     * @param replace an existing stream goes, once everything that replaces it was verified
     * @param acceptLoss also when it holds positions that the backup has not
     * @param mirror name of a stream to restore from, in place of the backup; empty: the backup
     */
    public record Request(long toPosition, String logId, boolean replace, boolean acceptLoss, String mirror) {
        long lastWanted() {
            return toPosition == 0 ? Long.MAX_VALUE : toPosition;
        }
    }

    /** @param restoredFrom the log id of the source */
    public record Outcome(String logId, String restoredFrom, long position, String chainHash) {}

    public interface Listener extends LogBackup.Listener {
        /** A step of several begins, such as {@code verifying the backup}; {@code positions} are those it will go through. */
        void step(String what, long positions);
    }

    public LogRestore(EventLogConfig config, BackupStore store, List<BackupSidecar> sidecars) {
        this.config = config;
        this.store = store;
        this.sidecars = List.copyOf(sidecars);
    }

    /**
     * @throws BackupRefusedException when it would lose something that was not given up in the request; nothing was changed
     * @throws BackupDamagedException when the backup is damaged; nothing was changed
     */
    public Outcome run(Request request, Listener listener) throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName());
                RestoreSource source = RestoreSource.open(config, store, request)) {
            var target = new RestoreTarget(stream, config);
            RawStream.Info there = stream.info().orElse(null);
            boolean half = there != null && there.mark().equals(RestoreTarget.FILLING);
            if (there == null || half) {
                AppendSource appends = source.find(there == null ? "" : restoredFrom(there));
                LogPoint end = verify(appends, source, request, listener);
                if (half) {
                    target.delete();
                }
                return fill(stream, target, appends, source, end, request, listener);
            }
            if (!request.replace()) {
                throw new BackupRefusedException(
                        "stream %s exists, with log %s: to put the backup in its place, ask for replacement"
                                .formatted(config.streamName(), there.logId()));
            }
            return replace(stream, target, source, there, request, listener);
        }
    }

    /**
     * Nothing is deleted before what replaces it was verified, and holds everything unless that was given up: also what was on its way
     * when appends were stopped, for it is acknowledged once it is stored. What is given up is in a backup of its own, as far as it is sound.
     */
    private Outcome replace(
            RawStream stream,
            RestoreTarget target,
            RestoreSource source,
            RawStream.Info old,
            Request request,
            Listener listener)
            throws IOException {
        source.choose(stream, old);
        boolean replaced = false;
        try {
            target.hold(old);
            AppendSource appends;
            LogPoint end;
            RawStream.Info held;
            do {
                held = stream.log();
                source.complete(stream, held, listener);
                appends = source.find(old.logId());
                end = verify(appends, source, request, listener);
            } while (stream.log().lastSequence() > held.lastSequence());
            replaced = true;
            target.delete();
            return fill(stream, target, appends, source, end, request, listener);
        } finally {
            if (!replaced) {
                target.release(old);
            }
        }
    }

    private LogPoint verify(AppendSource appends, RestoreSource source, Request request, Listener listener)
            throws IOException {
        if (!appends.subjectPrefix().equals(config.subjectPrefix())) {
            throw new BackupRefusedException("%s is of subjects below %s, this log is configured for %s"
                    .formatted(appends.described(), appends.subjectPrefix(), config.subjectPrefix()));
        }
        long to = request.lastWanted();
        listener.step("Verifying " + appends.described(), source.positions(to));
        Consumer<StoredAppend> told = append -> listener.progressed(append.lastPosition(), 0, 0);
        LogPoint end = appends.copy(to, told::accept);
        if (end.position() == 0) {
            throw new BackupRefusedException("%s is empty".formatted(appends.described()));
        }
        if (end.position() < request.toPosition() && !request.acceptLoss()) {
            throw new BackupRefusedException(
                    "%s ends at position %d, before %d, which is wanted: ask for %d, or accept the loss if you mean it"
                            .formatted(appends.described(), end.position(), request.toPosition(), end.position()));
        }
        source.verifySidecars(sidecars);
        return end;
    }

    private Outcome fill(
            RawStream stream,
            RestoreTarget target,
            AppendSource appends,
            RestoreSource source,
            LogPoint end,
            Request request,
            Listener listener)
            throws IOException {
        String logId = UUID.randomUUID().toString();
        target.create(logId, appends.logId());
        listener.step("Restoring", end.position());
        // As it was verified, not up to the position of its end: fences behind that have no position
        LogPoint filled = target.fill(appends, request.lastWanted(), listener);
        LogPoint stored = RestoreTarget.verified(stream, filled.sequence());
        if (stored.position() != end.position() || !stored.hasHash(end.chainHash())) {
            throw new IOException("the restored stream ends at position %d, not at %d: restore again"
                    .formatted(stored.position(), end.position()));
        }
        source.restoreSidecars(sidecars);
        target.open(stream.log());
        return new Outcome(logId, appends.logId(), stored.position(), Chain.text(stored.chainHash()));
    }

    private static String restoredFrom(RawStream.Info half) {
        return half.config().path("metadata").path(RestoreTarget.RESTORED_FROM).asString("");
    }
}
