package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.personal.AesMasterKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets for a wrong command: an exit code that is not 0, and one sentence on standard error. */
class CommandLineTest {

    @TempDir
    private Path directory;

    @Test
    void anUnknownOptionIsNamed() {
        var outcome = run("status", "--jsn");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("'--jsn'").contains("veza status --help");
    }

    @Test
    void aPortThatIsNoNumberIsNamed() {
        var outcome = run("up", "--port", "http");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("--port").contains("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65535", "70000"})
    void aPortOutOfRangeIsRefused(String port) {
        var outcome = run("up", "--data", directory.toString(), "--port", port);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("veza: --port " + port
                        + " leaves no room for the ports of the platform: choose one from 1 to 65534.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "6"})
    void aNumberOfNodesThatCannotBeIsRefused(String nodes) {
        var outcome = run("up", "--data", directory.toString(), "--nodes", nodes);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("--nodes " + nodes, "from 1 to 5");
    }

    @Test
    void aDurabilityThatIsNoneIsNamed() {
        var outcome = run("up", "--data", directory.toString(), "--durability", "forever");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("--durability", "forever");
    }

    @Test
    void theDurabilityOfOnesOwnServersIsNotSetUpHere() throws IOException {
        Path file = Files.writeString(directory.resolve("external.properties"), "");

        var outcome = run("up", "--external", file.toString(), "--durability", "power");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("veza.log.durability", file.toString());
    }

    @Test
    void anExternalFileIsReadBeforeAnythingStarts() throws IOException {
        Path file = Files.writeString(directory.resolve("external.properties"), "veza.nats.url=nats://a@b:1\n");

        var outcome = run("up", "--data", directory.resolve("data").toString(), "--external", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("veza: " + file + " does not set veza.postgres.primary.url: add it.\n");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void dataThatCannotBeWrittenIsNamed() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("data"), "a file, not a directory");

        var outcome = run("up", "--detach", "--data", inTheWay.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "veza: " + inTheWay
                                + " cannot be written (a file of that name is in the way): make it writable for you or name another place with --data.\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aTakenPortIsNamed(int offset) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
            int first = taken.getLocalPort() - offset;

            var outcome = run("up", "--detach", "--data", directory.toString(), "--port", Integer.toString(first));

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .isEqualTo(
                            "veza: Port %d is taken by another program: choose another one with --port N (each node uses two, from N on).\n"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void theStatusOfWhatDoesNotRunIsAFailure() {
        var outcome = run("status", "--json", "--data", directory.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).containsOnlyOnce("\n").contains("does not run on " + directory);
    }

    @Test
    void theEventsOfWhatDoesNotRunAreAFailure() {
        for (String option : new String[] {"--json", "--follow", "--tree=7", "--last=3"}) {
            var outcome = run("events", option, "--data", directory.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).containsOnlyOnce("\n").contains("does not run on " + directory);
        }
    }

    @Test
    void stoppingWhatDoesNotRunIsDone() {
        var outcome = run("down", "--data", directory.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("does not run on " + directory);
    }

    /** The lock is held by this process, as by one that restores a log: whoever stopped it would leave half a log. */
    @Test
    void whileACommandOfTheLogIsAtWorkTheOthersAreToldToWait() throws IOException {
        DataDirectory data = DataDirectory.at(directory);
        data.prepare();
        Files.createDirectories(data.stores());
        assertThat(LauncherLock.take(data, "log restore")).isTrue();

        for (String command : List.of("up --detach", "down", "status", "log verify", "keys status", "projections")) {
            var outcome = run((command + " --data " + directory).split(" "));

            assertThat(outcome.exitCode()).as(command).isEqualTo(1);
            assertThat(outcome.err())
                    .as(command)
                    .isEqualTo("veza: './veza log restore' (pid %d) is at work on %s: wait for it.\n"
                            .formatted(ProcessHandle.current().pid(), directory));
        }
    }

    @Test
    void aMasterKeyThatCannotBeUsedIsNamed() throws IOException {
        Path key = directory.resolve("key");
        runs(key);

        assertThat(run("keys", "status", "--data", directory.toString()).err())
                .isEqualTo("veza: The master key file %s cannot be read: run this as the user who started Veza.\n"
                        .formatted(key));

        Files.writeString(key, "foo");
        assertThat(run("keys", "rotate", "--data", directory.toString()).err())
                .containsOnlyOnce("\n")
                .startsWith("veza: " + key + ": A master key is 32 random bytes in base64")
                .endsWith("give this command the master keys that the nodes have.\n");
    }

    @Test
    void theKeysOfADatabaseThatIsAwayAreSaidToBeAway() throws IOException {
        Path key = directory.resolve("key");
        Files.writeString(key, AesMasterKey.generate());
        runs(key);

        for (String command : List.of("status", "rotate")) {
            var outcome = run("keys", command, "--data", directory.toString());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .containsOnlyOnce("\n")
                    .startsWith("veza: The keys of personal data cannot be read or written")
                    .contains("'./veza status' tells");
        }
    }

    /** A platform as its launcher tells of it, that is this process, and whose database does not answer. */
    private void runs(Path masterKey) throws IOException {
        DataDirectory data = DataDirectory.at(directory);
        data.prepare();
        assertThat(LauncherLock.take(data)).isTrue();
        try (var closed = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
            Map<String, String> stores = Map.of(
                    MasterKeyFile.KEY,
                    masterKey.toString(),
                    "veza.postgres.primary.url",
                    "jdbc:postgresql://%s:%d/veza".formatted(Loopback.HOST, closed.getLocalPort()),
                    "veza.postgres.primary.username",
                    "nobody",
                    "veza.postgres.primary.password",
                    "none");
            new RunState(ProcessHandle.current().pid(), true, List.of(), Map.of(), stores).write(data);
        }
    }

    @Test
    void deadLettersTakeTheOptionsOfTheirListWithoutItsName() {
        for (String command : List.of("dead-letters", "dead-letters list")) {
            String options = " --json --projection chat --key room:1 --from 1 --to 2 --limit 3 --data " + directory;
            assertThat(run(("projections " + command + options).split(" ")).err())
                    .contains("does not run on " + directory);

            var outcome = run(("projections " + command + " --limit 0").split(" "));
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).containsOnlyOnce("\n").contains("--limit", command + " --help");
        }
    }

    @Test
    void noCommandOffersAVersionOfItsOwn() {
        for (String command : List.of("", "status ", "log verify ", "projections dead-letters list ")) {
            assertThat(run((command + "--help").split(" ")).out())
                    .contains("--help")
                    .doesNotContain("--version");
            assertThat(run((command + "--version").split(" ")).exitCode()).isEqualTo(2);
        }
    }

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Veza.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
