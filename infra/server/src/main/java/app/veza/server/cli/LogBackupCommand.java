package app.veza.server.cli;

import app.veza.eventstore.LogBackup;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code veza log backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies what was appended since the last backup to the object storage, while the platform runs.",
            "Every append is checked on the way, and every object read back."
        })
final class LogBackupCommand extends LogCommand.Step {

    @Option(
            names = "--accept-loss",
            description =
                    "The log has lost its tail since the last backup and is to be backed up as it is now; earlier backups stay.")
    private boolean acceptLoss;

    @Override
    int run(LogStores stores) throws IOException {
        var bar = new ProgressBar(err());
        bar.begin("Backing up", 0);
        LogBackup.Outcome backup = new LogBackup(stores.log(), stores.backups(), stores.sidecars())
                .run(acceptLoss, (position, readSequence, lastSequence) -> bar.at(position));
        bar.end();
        if (backup.newObjects() == 0) {
            out().printf(
                            "Nothing new: the backup of log %s holds it up to position %d.%n",
                            backup.logId(), backup.lastPosition());
        } else {
            out().printf(
                            "Positions %d to %d of log %s are backed up in %d new object%s (%,d bytes), read back and verified.%n",
                            backup.firstPosition(),
                            backup.lastPosition(),
                            backup.logId(),
                            backup.newObjects(),
                            backup.newObjects() == 1 ? "" : "s",
                            backup.newBytes());
        }
        return 0;
    }
}
