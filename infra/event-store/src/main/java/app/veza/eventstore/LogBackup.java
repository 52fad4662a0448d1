package app.veza.eventstore;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Backs a log up while it is in use: only what was appended since the last backup, verified on the way in and by reading it back. */
public final class LogBackup {
    private final EventLogConfig config;
    private final BackupObjects objects;
    private final SidecarBackups sidecars;

    public LogBackup(EventLogConfig config, BackupStore store, List<BackupSidecar> sidecars) {
        this.config = config;
        this.objects = new BackupObjects(store);
        this.sidecars = new SidecarBackups(store, config.streamName(), sidecars);
    }

    /**
     * @param firstPosition of what is new in it
     * @param lastPosition of the whole backup; smaller than the first when nothing is new
     * @param newObjects chunks written
     * @param newBytes of them, compressed
     * @param chainHash of the log up to the last position
     */
    public record Outcome(
            String logId, long firstPosition, long lastPosition, int newObjects, long newBytes, String chainHash) {}

    public interface Listener {
        /** After every batch of messages. */
        void progressed(long position, long readSequence, long lastSequence);

        Listener SILENT = (position, readSequence, lastSequence) -> {};
    }

    /**
     * @param acceptLoss the log has lost its tail since the last backup, and the backup is to follow it; earlier backups stay
     * @throws BackupRefusedException when the log no longer is what was backed up
     * @throws LogDamagedException when the log is damaged; what stands before the damage is backed up
     */
    public Outcome run(boolean acceptLoss, Listener listener) throws IOException {
        return run(new Kept(acceptLoss, false), listener);
    }

    /**
     * The same, and what is damaged in the backup is taken from the log anew, with all that follows it.
     *
     * @throws BackupRefusedException when the log no longer is what was backed up
     */
    public Outcome repair(Listener listener) throws IOException {
        return run(new Kept(false, true), listener);
    }

    /**
     * What of the last backup is the beginning of this one.
     *
     * @param checked what is damaged is not
     */
    private record Kept(boolean acceptLoss, boolean checked) {}

    private Outcome run(Kept kept, Listener listener) throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            RawStream.Info info = stream.log();
            if (!info.mark().isEmpty()) {
                throw new BackupRefusedException(
                        "stream %s is being restored: back it up when that is done".formatted(config.streamName()));
            }
            return run(stream, info, kept, listener, true);
        }
    }

    /** What lies beside the log may be lost as well when it is restored: then what was backed up of it before is kept. */
    Outcome runBeforeRestore(RawStream stream, RawStream.Info info, Listener listener) throws IOException {
        return run(stream, info, new Kept(false, false), listener, false);
    }

    private Outcome run(RawStream stream, RawStream.Info info, Kept wanted, Listener listener, boolean withSidecars)
            throws IOException {
        long number = objects.nextNumber(info.logId());
        Optional<BackupManifest> before =
                wanted.checked() ? objects.newestReadable(info.logId()) : objects.newest(info.logId());
        List<BackupManifest.Chunk> chunks =
                new ArrayList<>(before.map(BackupManifest::chunks).orElse(List.of()));
        int kept = keptChunks(stream, info, chunks, wanted.acceptLoss());
        if (wanted.checked()) {
            kept = Math.min(kept, soundChunks(info.logId(), chunks));
        }
        chunks.subList(kept, chunks.size()).clear();
        LogPoint start = chunks.isEmpty() ? LogPoint.ORIGIN : chunks.getLast().end();
        var copy = new Copy(info.logId(), start, chunks);
        Optional<LogDamage> damage = copy.run(stream, info.lastSequence(), listener);
        Beside beside = beside(before.map(BackupManifest::sidecars).orElse(Map.of()), withSidecars);
        boolean changed = copy.newObjects > 0
                || before.map(manifest -> !manifest.sidecars().equals(beside.entries())
                                || manifest.chunks().size() != chunks.size())
                        .orElse(false);
        if (changed) {
            var manifest = new BackupManifest(
                    BackupManifest.FORMAT,
                    info.logId(),
                    config.streamName(),
                    config.subjectPrefix(),
                    Instant.now().toString(),
                    List.copyOf(chunks),
                    beside.entries());
            objects.put(manifest, number);
            objects.forgetManifestsWithin(manifest);
        }
        if (withSidecars && beside.trouble().isEmpty()) {
            sidecars.forgetOlder();
        }
        LogPoint end = chunks.isEmpty() ? LogPoint.ORIGIN : chunks.getLast().end();
        if (damage.isPresent()) {
            throw new LogDamagedException("the log is backed up to position %d; behind it, it is damaged: %s"
                    .formatted(end.position(), damage.get()));
        }
        if (beside.trouble().isPresent()) {
            throw new BackupRefusedException("the log is backed up to position %d, and what lies beside it is not: %s"
                    .formatted(end.position(), beside.trouble().get()));
        }
        return new Outcome(
                info.logId(),
                start.position() + 1,
                end.position(),
                copy.newObjects,
                copy.newBytes,
                Chain.text(end.chainHash()));
    }

    /** @param trouble why it is what it was at the last backup */
    private record Beside(Map<String, BackupManifest.Sidecar> entries, Optional<String> trouble) {}

    private Beside beside(Map<String, BackupManifest.Sidecar> before, boolean isTaken) throws IOException {
        if (!isTaken) {
            return new Beside(before, Optional.empty());
        }
        try {
            return new Beside(sidecars.store(), Optional.empty());
        } catch (BackupRefusedException refused) {
            return new Beside(before, Optional.of(String.valueOf(refused.getMessage())));
        }
    }

    /** How many chunks of the last backup still are what the log holds: all of them, unless it lost its tail. */
    private static int keptChunks(
            RawStream stream, RawStream.Info info, List<BackupManifest.Chunk> chunks, boolean acceptLoss)
            throws IOException {
        int kept = chunks.size();
        while (kept > 0 && !isIn(stream, info, chunks.get(kept - 1).end())) {
            if (!acceptLoss) {
                throw new BackupRefusedException(
                        "the log no longer holds what was backed up as position %d: it has lost its tail, or the message there is damaged. The backup was left alone; restore the log from it"
                                .formatted(chunks.get(kept - 1).lastPosition()));
            }
            kept--;
        }
        return kept;
    }

    /** How many of the first chunks can be read and hold what they should. */
    private int soundChunks(String logId, List<BackupManifest.Chunk> chunks) throws IOException {
        LogPoint before = LogPoint.ORIGIN;
        for (int sound = 0; sound < chunks.size(); sound++) {
            BackupManifest.Chunk chunk = chunks.get(sound);
            try {
                before = BackupChunk.read(chunk, logId, objects.checked(chunk), before, append -> {});
            } catch (BackupDamagedException e) {
                return sound;
            }
        }
        return chunks.size();
    }

    /** Whether the append that was backed up last stands in the stream, and so all before it did. */
    static boolean isIn(RawStream stream, RawStream.Info info, LogPoint point) throws IOException {
        if (info.lastSequence() < point.sequence()) {
            return false;
        }
        List<LogMessage> there = stream.read(point.sequence(), 1);
        return !there.isEmpty()
                && there.getFirst().sequence() == point.sequence()
                && Chain.text(point.chainHash())
                        .equals(there.getFirst().headers().getFirst(WireFormat.CHAIN));
    }

    /** Chunks from the end of the last backup to the end of the stream, or to the first damage. */
    private final class Copy {
        private final String logId;
        private final List<BackupManifest.Chunk> chunks;
        private final List<LogDamage> damages = new ArrayList<>();
        private LogPoint before;
        private BackupChunk chunk;
        private int newObjects;
        private long newBytes;

        Copy(String logId, LogPoint start, List<BackupManifest.Chunk> chunks) throws IOException {
            this.logId = logId;
            this.before = start;
            this.chunks = chunks;
            this.chunk = new BackupChunk(logId, start);
        }

        Optional<LogDamage> run(RawStream stream, long lastSequence, Listener listener) throws IOException {
            Consumer<StoredAppend> take = append -> {
                if (damages.isEmpty()) {
                    chunk.add(append);
                }
            };
            LogWalk walk = LogWalk.behind(before, take, damages::add);
            while (damages.isEmpty() && walk.next() <= lastSequence) {
                LogVerifier.readBatch(stream, walk, lastSequence);
                if (chunk.isFull()) {
                    store();
                }
                listener.progressed(walk.point().position(), walk.next() - 1, lastSequence);
            }
            if (damages.isEmpty()) {
                walk.end(lastSequence);
            }
            if (!chunk.isEmpty()) {
                store();
            }
            return damages.stream().findFirst();
        }

        /** Read back and checked before anything refers to it. */
        private void store() throws IOException {
            LogPoint end = chunk.point();
            BackupChunk.Sealed sealed = chunk.seal();
            BackupManifest.Chunk entry = sealed.entry();
            objects.put(entry.key(), sealed.content());
            BackupChunk.read(entry, logId, objects.checked(entry.key(), entry.sha256()), before, append -> {});
            chunks.add(entry);
            newObjects++;
            newBytes += sealed.content().length;
            before = end;
            chunk = new BackupChunk(logId, end);
        }
    }
}
