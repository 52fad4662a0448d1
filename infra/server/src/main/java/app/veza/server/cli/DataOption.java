package app.veza.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which platform is meant: the option of every command. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "Directory of the platform's data; default: the variable VEZA_DATA, else .veza beside the veza script.")
    private @Nullable Path directory;

    DataDirectory directory() {
        if (directory != null) {
            return DataDirectory.at(directory);
        }
        String named = System.getenv("VEZA_DATA");
        if (named != null && !named.isBlank()) {
            return DataDirectory.at(Path.of(named));
        }
        return DataDirectory.at(Path.of(System.getProperty("veza.repository", "."), ".veza"));
    }
}
