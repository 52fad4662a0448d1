package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the launcher tells other commands, in {@code run/status.json}, which its owner alone can read.
 *
 * @param launcherPid writer of this; the file of a launcher that is gone says nothing
 * @param healthy whether all nodes have been
 * @param nodes addresses
 * @param processes ids by name: launcher, nodes and embedded servers
 * @param stores properties of the servers in use, with their passwords
 */
record RunState(
        long launcherPid,
        boolean healthy,
        List<NodeAddress> nodes,
        Map<String, Long> processes,
        Map<String, String> stores) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    void write(DataDirectory data) {
        PrivateFile.write(file(data), JSON.writeValueAsBytes(this));
    }

    /** The state of the launcher that runs on this data directory now; empty when none does or it has just begun. */
    static Optional<RunState> ofRunning(DataDirectory data) {
        return LauncherLock.holder(data)
                .flatMap(launcher -> read(data).filter(state -> state.launcherPid == launcher.pid()));
    }

    /** @throws CommandFailure when no platform runs there, or it has just begun */
    static RunState require(DataDirectory data) {
        return ofRunning(data)
                .orElseThrow(() -> LauncherLock.holder(data).isPresent()
                        ? busy(data)
                        : new CommandFailure(
                                "Veza does not run on %s: './veza up' starts it, and --data names another place."
                                        .formatted(data.root())));
    }

    /** What those say who find the platform neither running nor at rest. */
    static CommandFailure busy(DataDirectory data) {
        return LauncherLock.holder(data)
                .filter(holder -> !holder.isLauncher())
                .map(holder -> holder.isAtWork(data))
                .orElseGet(() -> new CommandFailure(
                        "Veza on %s starts or stops just now: ask again in a moment.".formatted(data.root())));
    }

    private static Optional<RunState> read(DataDirectory data) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(data)), RunState.class));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFile.unwritable(file(data), e);
        }
    }

    /** Whether a launcher wrote a state and did not live to remove it. */
    static boolean remains(DataDirectory data) {
        return Files.exists(file(data));
    }

    static void delete(DataDirectory data) {
        try {
            Files.deleteIfExists(file(data));
        } catch (IOException e) {
            throw PrivateFile.unwritable(file(data), e);
        }
    }

    private static Path file(DataDirectory data) {
        return data.run().resolve("status.json");
    }
}
