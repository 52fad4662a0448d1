package app.veza.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The running servers of one platform. */
record PlatformServers(
        NatsServer nats,
        RedisServer redis,
        PostgresServer primary,
        PostgresServer replica,
        PostgresServer analytics,
        S3Server s3,
        MailServer mail) {

    /** Starts them side by side; when one does not start, the others are stopped and its sentence is thrown. */
    static PlatformServers start(EmbeddedPlatformOptions options, Path directory) {
        for (String server : EmbeddedPlatformOptions.SERVERS) {
            stopLeftover(server, directory.resolve(server));
        }
        var ports = new PlatformPorts(options, directory);
        Map<String, Integer> port = new HashMap<>();
        EmbeddedPlatformOptions.SERVERS.forEach(server -> port.put(server, ports.of(server)));
        // No virtual threads: one that waits for a lock in a class initializer keeps its carrier. When all carriers are
        // kept so, whoever has the lock never goes on: on two processors that happened in the process' first logger
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            var starts = new Starts(threads);
            var nats = starts.add(() -> NatsServer.start(NatsServerOptions.in(directory.resolve("nats"))
                    .withPort(port.get("nats"))
                    .withDurability(options.durability())));
            var redis = starts.add(() -> RedisServer.start(
                    RedisServerOptions.in(directory.resolve("redis")).withPort(port.get("redis"))));
            var s3 = starts.add(() ->
                    S3Server.start(S3ServerOptions.in(directory.resolve("s3")).withPort(port.get("s3"))));
            var mail = starts.add(() -> MailServer.start(
                    MailServerOptions.in(directory.resolve("mail")).withPort(port.get("mail"))));
            var analytics = starts.add(() -> PostgresServer.start(postgres(options, directory, port, "analytics")
                    .withDatabase("veza_analytics")
                    .withAnalysts()));
            var primary = starts.add(() -> PostgresServer.start(postgres(options, directory, port, "primary")));
            var replica = starts.add(
                    () -> PostgresServer.startReplica(postgres(options, directory, port, "replica"), primary.join()));
            starts.awaitAll();
            return new PlatformServers(
                    nats.join(),
                    redis.join(),
                    primary.join(),
                    replica.join(),
                    analytics.join(),
                    s3.join(),
                    mail.join());
        }
    }

    private static PostgresServerOptions postgres(
            EmbeddedPlatformOptions options, Path directory, Map<String, Integer> ports, String name) {
        return PostgresServerOptions.in(directory.resolve(name))
                .withName(name)
                .withPort(ports.get(name))
                .withThrowAway(options.throwAway());
    }

    /** Before ports are chosen: a leftover of ours would hold the remembered one. */
    private static void stopLeftover(String server, Path directory) {
        String signal = List.of("primary", "replica", "analytics").contains(server) ? "INT" : "TERM";
        new PidFile(directory.resolve(server + ".pid")).stopLeftover(server, signal, directory);
    }

    List<EmbeddedServer> processes() {
        return List.of(nats, redis, analytics, replica, primary);
    }

    void supervised(boolean on) {
        processes().forEach(server -> server.supervised(on));
    }

    /** The primary last of its pair: its shutdown waits until the replica has everything, or is gone. */
    void close() {
        supervised(false);
        closeAll(Stream.of(
                List.of(nats),
                List.of(redis),
                List.of(analytics),
                List.of(replica, primary),
                List.of(s3),
                List.of(mail)));
    }

    private static void closeAll(Stream<List<? extends AutoCloseable>> groups) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var closings = groups.map(
                            group -> CompletableFuture.runAsync(() -> group.forEach(PlatformServers::close), threads))
                    .toList();
            CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw sentence(e);
        }
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (EmbeddedPlatformException e) {
            throw e;
        } catch (Exception e) { // as AutoCloseable declares it
            throw new EmbeddedPlatformException(server + " cannot be stopped (" + e.getMessage() + ").", e);
        }
    }

    private static RuntimeException sentence(CompletionException e) {
        Throwable cause = e;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** Servers being started. */
    private static final class Starts {

        private final ExecutorService threads;
        private final java.util.ArrayList<CompletableFuture<? extends AutoCloseable>> all = new java.util.ArrayList<>();

        Starts(ExecutorService threads) {
            this.threads = threads;
        }

        <S extends AutoCloseable> CompletableFuture<S> add(Supplier<S> start) {
            var future = CompletableFuture.supplyAsync(start, threads);
            all.add(future);
            return future;
        }

        void awaitAll() {
            @Nullable CompletionException failure = null;
            for (var start : all) {
                try {
                    start.join();
                } catch (CompletionException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                closeAll(all.reversed().stream()
                        .filter(start -> !start.isCompletedExceptionally())
                        .map(start -> List.of(start.join())));
                throw sentence(failure);
            }
        }
    }
}
