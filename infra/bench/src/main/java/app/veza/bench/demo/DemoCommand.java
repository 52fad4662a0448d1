package app.veza.bench.demo;

import app.veza.bench.VezaScript;
import app.veza.server.cli.Misuse;
import app.veza.server.cli.WithoutVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./veza demo}: people, rooms, talk and one stream on a platform that runs, by its public API alone. */
@Command(
        name = "veza demo",
        mixinStandardHelpOptions = true,
        modelTransformer = WithoutVersion.class,
        sortOptions = false,
        description = "Fills a running platform with a little life to look at. A second run adds nothing but log-ins.")
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory of the platform's data; default: the variable VEZA_DATA, else .veza beside the veza script.")
    private @Nullable Path directory;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Another platform instead, by the address of its API: https://veza.example.")
    private @Nullable URI url;

    @Option(names = "--messages", defaultValue = "120", description = "How many are said (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--stay",
            description =
                    "Feeds the stream itself until Ctrl-C, rather than leave that to a process in the background.")
    private boolean stay;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new DemoCommand());
        line.setParameterExceptionHandler((wrong, args) -> Misuse.tell(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof VezaScript.Failed)) {
                command.getErr().println("veza: " + failure.getMessage());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (messages < 1 || messages > 10_000) {
            throw new IllegalStateException("--messages takes 1 to 10000, not " + messages);
        }
        URI http = url == null ? running() : address(url);
        boolean terminal = System.console() != null && System.console().isTerminal();
        Town town = new Town(http, messages, step -> {
            if (terminal) {
                System.err.printf("\r\033[K%s", step);
            }
        });
        town.live();
        List<Person> people = town.people();
        Broadcast broadcast = Broadcast.open(people.getFirst());
        int there = Math.min(4, people.size());
        for (Person listener : people.subList(1, there)) {
            broadcast.join(listener);
        }
        boolean isOnAir = broadcast.isOnAir();
        // who is about to broadcast stays, and who listens
        for (Person person : people.subList(isOnAir ? 0 : there, people.size())) {
            person.leave();
        }
        if (terminal) {
            System.err.print("\r\033[K");
        }
        print(http, town, broadcast);
        if (isOnAir) {
            System.out.println("On air         already");
            return CommandLine.ExitCode.OK;
        }
        if (stay) {
            return play(broadcast);
        }
        FeedProcess.start(broadcast);
        System.out.println("On air         until the platform stops, or until "
                + people.getFirst().displayName() + " ends the stream");
        return CommandLine.ExitCode.OK;
    }

    private static URI address(URI given) {
        String scheme = String.valueOf(given.getScheme());
        if (!scheme.matches("(?i)https?") || given.getHost() == null) {
            throw new IllegalStateException(
                    "--url takes the address of a platform's API, such as https://veza.example or http://127.0.0.1:8080, not "
                            + given);
        }
        return given;
    }

    private URI running() throws IOException, InterruptedException {
        Path data = directory;
        if (data == null) {
            String named = System.getenv("VEZA_DATA");
            data = named == null || named.isBlank()
                    ? Path.of(System.getProperty("veza.repository"), ".veza")
                    : Path.of(named);
        }
        JsonNode status = JsonMapper.shared().readTree(VezaScript.of(data).run("status", "--json"));
        return URI.create(status.path("http").asString());
    }

    private static void print(URI http, Town town, Broadcast broadcast) {
        System.out.printf("API            %s%n", http);
        System.out.printf("Password       %s (everybody's)%n", Town.PASSWORD);
        for (Person person : town.people()) {
            System.out.printf("Person         %-12s %s%n", person.username(), person.displayName());
        }
        town.rooms().forEach(room -> System.out.printf("Room           %s%n", room));
        System.out.printf("Stream         %s/api/streams/%s%n", http, broadcast.id());
        System.out.printf("Playback       %s%n", broadcast.playback());
        System.out.printf("""
                Look around    TOKEN=$(curl -s %1$s/auth/login -H 'Content-Type: application/json' \\
                                 -d '{"username":"%2$s","password":"%3$s"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                               curl -s %1$s/api/rooms -H "Authorization: Bearer $TOKEN"
                """, http, town.people().getFirst().username(), Town.PASSWORD);
    }

    /** The stream ends with the command, in good order. */
    private static int play(Broadcast broadcast) throws InterruptedException {
        var end = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            end.countDown();
            try {
                ended.await();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }));
        System.out.println("On air         Ctrl-C ends the stream");
        try {
            String why = broadcast.feed().play(end);
            if (why != null) {
                System.err.println("veza: The stream was " + why);
                return CommandLine.ExitCode.SOFTWARE;
            }
            broadcast.stop();
            return CommandLine.ExitCode.OK;
        } finally {
            ended.countDown();
        }
    }
}
