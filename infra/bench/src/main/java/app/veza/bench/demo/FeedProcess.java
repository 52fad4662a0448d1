package app.veza.bench.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;

/** A feed in a process of its own. It ends when the platform closes the socket: with the stream, or because the platform stops. */
final class FeedProcess {

    private static final Duration ON_AIR_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private FeedProcess() {}

    /** Reads where to send to and the broadcaster's token, a line each: arguments could be read by others on this machine. */
    public static void main(String[] arguments) throws InterruptedException {
        var input = new Scanner(System.in, StandardCharsets.UTF_8);
        new Feed(URI.create(input.nextLine()), input.nextLine()).play(new CountDownLatch(1));
        System.exit(0);
    }

    /** @throws IllegalStateException when the stream does not get on the air */
    static void start(Broadcast broadcast) throws IOException, InterruptedException {
        // in a session of its own, or it would end with the terminal
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FeedProcess.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Feed feed = broadcast.feed();
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write("%s%n%s%n".formatted(feed.ingest(), feed.token()));
        }
        long deadline = System.nanoTime() + ON_AIR_WITHIN.toNanos();
        while (!broadcast.isOnAir()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException(
                        "The stream did not get on the air: 'veza demo --stay' feeds it in the foreground and says why");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
