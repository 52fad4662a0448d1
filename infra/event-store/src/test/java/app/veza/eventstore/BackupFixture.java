package app.veza.eventstore;

import static app.veza.eventstore.TestLog.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** A log in use, and a place for its backups. */
abstract class BackupFixture extends LogFixture {
    private static final Tag HOSTILE = new Tag("a.b *>", "\n\r\t~%&=\"\\ 😀");
    static final LogRestore.Request ALL = new LogRestore.Request(0, "", false, false, "");
    static final LogRestore.Request REPLACE = new LogRestore.Request(0, "", true, false, "");

    EventLogConfig config;
    DirectoryStore store;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
        store = new DirectoryStore(directory.resolve("backup"));
    }

    LogBackup.Outcome backup() throws IOException {
        return new LogBackup(config, store, List.of()).run(false, LogBackup.Listener.SILENT);
    }

    LogRestore.Outcome restore(LogRestore.Request request) throws IOException {
        return new LogRestore(config, store, List.of()).run(request, Verified.QUIET);
    }

    void fill(EventLog log, int appends) {
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            outcomes.add(log.append(
                    i % 7 == 3
                            ? AppendRequest.of(event("chat.B", "plain", HOSTILE), event("chat.C", "{\"é\": [1]}"))
                            : AppendRequest.of(event("chat.A", new Tag("room", "r" + i)))
                                    .forCommand("c" + log.head() + "-" + i, "f" + i)));
        }
        outcomes.forEach(CompletableFuture::join);
    }

    void deleteStream() throws IOException {
        try (RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            new RestoreTarget(stream, config).delete();
        }
    }

    /** The same log, id and all, as it was at the end of the first chunk. */
    void loseTail(RawStream stream, BackupManifest manifest) throws IOException {
        var target = new RestoreTarget(stream, config);
        target.delete();
        target.create(manifest.logId(), "");
        target.fill(
                new BackupSource(new BackupObjects(store), manifest),
                manifest.chunks().getFirst().lastPosition(),
                LogBackup.Listener.SILENT);
        target.open(stream.log());
    }
}
