package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A backup in the object store. */
record BackupSource(BackupObjects objects, BackupManifest manifest) implements AppendSource {
    @Override
    public String logId() {
        return manifest.logId();
    }

    @Override
    public String subjectPrefix() {
        return manifest.subjectPrefix();
    }

    @Override
    public String described() {
        return "the backup of %s".formatted(manifest.createdAt());
    }

    @Override
    public LogPoint copy(long toPosition, Taker taker) throws IOException {
        LogPoint point = LogPoint.ORIGIN;
        LogPoint copied = point;
        for (BackupManifest.Chunk chunk : manifest.chunks()) {
            if (chunk.firstPosition() > toPosition) {
                break;
            }
            byte[] content = objects.checked(chunk);
            List<StoredAppend> appends = new ArrayList<>(chunk.appends());
            point = BackupChunk.read(chunk, manifest.logId(), content, point, appends::add);
            for (StoredAppend append : appends) {
                if (append.firstPosition() > toPosition) {
                    return copied;
                }
                taker.take(append);
                copied = append.point();
            }
        }
        return copied;
    }
}
