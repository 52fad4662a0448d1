package app.veza.server.cli;

import app.veza.eventstore.BackupStore;
import app.veza.eventstore.BackupVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** {@code veza log backup --verify}: the newest backup of every log that has one. */
record BackupVerification(ProgressBar bar, PrintWriter out, PrintWriter err) {

    int run(BackupStore store) throws IOException {
        var verifier = new BackupVerifier(store);
        List<String> logs = verifier.logs();
        if (logs.isEmpty()) {
            throw new CommandFailure("There is no backup of any log: './veza log backup' takes one.");
        }
        int damages = 0;
        for (String log : logs) {
            damages += tell(verifier.verify(log, new BackupVerifier.Listener() {
                @Override
                public void begun(String logId, long lastPosition) {
                    bar.begin("Verifying the backup of log " + logId, lastPosition);
                }

                @Override
                public void progressed(long position) {
                    bar.at(position);
                }
            }));
        }
        if (damages > 0) {
            throw new CommandFailure(
                    "The backup is damaged in %d place%s, named above: './veza log backup --repair' copies it anew from a log that is sound; else bring the objects back from a copy of the bucket."
                            .formatted(damages, damages == 1 ? "" : "s"));
        }
        return 0;
    }

    private int tell(BackupVerifier.Outcome outcome) {
        bar.end();
        outcome.damages().forEach(damage -> err.println("DAMAGED  " + damage));
        if (outcome.damages().isEmpty()) {
            out.printf(
                    "The backup of log %s, taken %s, is sound up to position %d: %d objects, %,d bytes; the log's hash there is %s.%n",
                    outcome.logId(),
                    outcome.createdAt(),
                    outcome.lastPosition(),
                    outcome.objectsRead(),
                    outcome.bytes(),
                    outcome.chainHash());
        }
        return outcome.damages().size();
    }
}
