package app.veza.server.cli;

import app.veza.eventstore.BackupDamagedException;
import app.veza.eventstore.BackupRefusedException;
import app.veza.eventstore.LogDamagedException;
import app.veza.eventstore.LogSettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code veza log}. */
@Command(
        name = "log",
        subcommands = {LogVerifyCommand.class, LogBackupCommand.class, LogRestoreCommand.class},
        mixinStandardHelpOptions = true,
        description = "Verifies, backs up and restores the event log, while the platform runs or without it.")
final class LogCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the log: verify, backup or restore");
    }

    /** What its three commands share. */
    abstract static class Step implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private LogCommand log;

        @Option(
                names = "--external",
                paramLabel = "FILE",
                description = "The servers that this properties file names, when the platform does not run.")
        private @Nullable Path external;

        @Override
        public final Integer call() {
            try (LogStores stores = LogStores.open("log " + spec.name(), directory(), external, err())) {
                return run(stores);
            } catch (IOException
                    | LogSettingsException
                    | LogDamagedException
                    | BackupDamagedException
                    | BackupRefusedException e) {
                throw new CommandFailure(sentence(e), e);
            }
        }

        abstract int run(LogStores stores) throws IOException;

        /** The failure, and what helps against it. */
        private static String sentence(Exception failure) {
            String said = String.valueOf(failure.getMessage());
            String text = Character.toUpperCase(said.charAt(0)) + said.substring(1);
            return switch (failure) {
                case LogSettingsException gone
                when said.startsWith("there is no stream") -> text + ": './veza log restore' makes it from its backup.";
                case LogDamagedException damaged ->
                    text
                            + ": './veza log verify' names all damage, './veza log restore --replace' brings the log back.";
                case BackupDamagedException damaged ->
                    text
                            + ". Nothing was replaced by it: './veza log backup --repair' copies it anew from a log that is sound; else bring the object back from a copy of the bucket, or restore up to before it with --to.";
                default -> text + (text.endsWith(".") ? "" : ".");
            };
        }

        DataDirectory directory() {
            return log.data.directory();
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        PrintWriter err() {
            return spec.commandLine().getErr();
        }
    }
}
