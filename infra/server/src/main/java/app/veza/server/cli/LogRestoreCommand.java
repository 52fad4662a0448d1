package app.veza.server.cli;

import app.veza.eventstore.LogRestore;
import app.veza.eventstore.SidecarBackups;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code veza log restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the log anew from its backup: same positions, same hashes, a new log id.",
            "Nodes that run wait meanwhile, and build index and read models anew. Interrupted, it can be run again."
        })
final class LogRestoreCommand extends LogCommand.Step {

    @Option(names = "--to", paramLabel = "POSITION", description = "Restores only up to this position.")
    private long to;

    @Option(names = "--log", paramLabel = "ID", defaultValue = "", description = "Whose backup, if there are several.")
    private String log;

    @Option(
            names = "--replace",
            description =
                    "Replaces the log that is there, once what replaces it was verified; what is new in it is backed up first.")
    private boolean replace;

    @Option(
            names = "--accept-loss",
            description = "Replaces the log also when it holds positions that the backup has not.")
    private boolean acceptLoss;

    @Option(
            names = "--from-mirror",
            paramLabel = "STREAM",
            defaultValue = "",
            description = "Restores from this JetStream mirror of the log instead of the backup.")
    private String mirror;

    @Option(
            names = "--keys-only",
            description =
                    "Brings back the wrapped keys of personal data that the primary database has lost, and leaves the log alone.")
    private boolean keysOnly;

    @Override
    int run(LogStores stores) throws IOException {
        if (keysOnly) {
            return restoreKeys(stores);
        }
        if (to < 0) {
            throw new CommandFailure("--to %d is no position: positions begin with 1.".formatted(to));
        }
        var bar = new ProgressBar(err());
        var listener = new LogRestore.Listener() {
            @Override
            public void step(String what, long positions) {
                bar.begin(what, positions);
            }

            @Override
            public void progressed(long position, long readSequence, long lastSequence) {
                bar.at(position);
            }
        };
        LogRestore.Outcome restored = new LogRestore(stores.log(), stores.backups(), stores.sidecars())
                .run(new LogRestore.Request(to, log, replace, acceptLoss, mirror), listener);
        bar.end();
        out().printf(
                        "The log is restored up to position %d from log %s and is now log %s; its hash there is %s.%n",
                        restored.position(), restored.restoredFrom(), restored.logId(), restored.chainHash());
        return 0;
    }

    private int restoreKeys(LogStores stores) throws IOException {
        if (to != 0 || !log.isEmpty() || replace || acceptLoss || !mirror.isEmpty()) {
            throw new CommandFailure("--keys-only stands alone: the log is left as it is.");
        }
        long lost = new SidecarBackups(stores.backups(), stores.log().streamName(), stores.sidecars()).restore();
        out().printf("%,d lost keys are back; nodes find them by themselves. Who was erased has none.%n", lost);
        return 0;
    }
}
