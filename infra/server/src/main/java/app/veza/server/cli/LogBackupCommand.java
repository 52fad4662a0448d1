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

    @Option(
            names = "--verify",
            description =
                    "Copies nothing: reads what is stored, checks every object and the chain, and leaves the log alone.")
    private boolean verify;

    @Option(
            names = "--repair",
            description = "What is damaged in the backup is copied from the log anew, with all that follows it.")
    private boolean repair;

    @Override
    int run(LogStores stores) throws IOException {
        if ((acceptLoss ? 1 : 0) + (verify ? 1 : 0) + (repair ? 1 : 0) > 1) {
            throw new CommandFailure("--accept-loss, --verify and --repair exclude each other: name one.");
        }
        var bar = new ProgressBar(err());
        return verify ? new BackupVerification(bar, out(), err()).run(stores.backups()) : backup(stores, bar);
    }

    private int backup(LogStores stores, ProgressBar bar) throws IOException {
        bar.begin("Backing up", 0);
        LogBackup.Listener listener = (position, readSequence, lastSequence) -> bar.at(position);
        var taking = new LogBackup(stores.log(), stores.backups(), stores.sidecars());
        LogBackup.Outcome backup = repair ? taking.repair(listener) : taking.run(acceptLoss, listener);
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
