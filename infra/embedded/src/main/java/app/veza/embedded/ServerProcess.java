package app.veza.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server's child process over its life: started, watched, stopped, started again. */
final class ServerProcess {

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration STOP_TIME = Duration.ofSeconds(20);
    /** Whoever lived this long did not die of how it was started. */
    private static final Duration HEALTHY_LIFE = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Launch launch;
    private final PidFile pidFile;
    private final ServerLog serverLog;
    private @Nullable Process process;
    private Instant startedAt = Instant.EPOCH;
    private boolean supervised;
    private boolean stopped = true;
    private int deathsInARow;

    /** How a server is started. */
    interface Launch {
        String name();

        Path directory();

        /** Writes what the server needs to find; called before every start. */
        void prepare();

        /** Programs before the server's that change credentials; empty when it runs as this user. */
        default List<String> credentials() {
            return List.of();
        }

        List<String> command();

        /** Signal that ends it in good order. */
        String stopSignal();

        /** Whether the process with this id serves now. */
        boolean isReady(long pid);

        /** What is left to do with a server that is ready. */
        default void started() {}

        /** After a failed start: whether something was done that makes another try worth while. */
        default boolean repair() {
            return false;
        }
    }

    ServerProcess(Launch launch) {
        this.launch = launch;
        this.pidFile = new PidFile(launch.directory().resolve(launch.name() + ".pid"));
        this.serverLog = new ServerLog(launch.directory().resolve(launch.name() + ".log"));
    }

    synchronized void start() {
        try {
            attempt();
        } catch (EmbeddedPlatformException e) {
            if (!launch.repair()) {
                throw e;
            }
            log.warn("{} did not start and was repaired: {}", launch.name(), e.getMessage());
            attempt();
        }
    }

    private void attempt() {
        pidFile.stopLeftover(launch.name(), launch.stopSignal(), launch.directory());
        serverLog.rotate();
        launch.prepare();
        Process started = Spawner.spawn(launch.credentials(), launch.stopSignal(), launch.command(), serverLog.file());
        try {
            pidFile.write(started.pid());
            awaitReady(started);
            launch.started();
        } catch (EmbeddedPlatformException e) {
            started.destroyForcibly();
            awaitExit(started, STOP_TIME);
            throw e;
        }
        process = started;
        startedAt = Instant.now();
        stopped = false;
        started.onExit().thenAccept(this::exited);
    }

    private void awaitReady(Process started) {
        Instant deadline = Instant.now().plus(START_TIME);
        while (!launch.isReady(started.pid())) {
            if (!started.isAlive()) {
                throw notStarted("ended with code " + started.exitValue() + " while starting");
            }
            if (Instant.now().isAfter(deadline)) {
                throw notStarted("was not ready within " + START_TIME.toSeconds() + " s");
            }
            pause(Duration.ofMillis(10));
        }
    }

    private EmbeddedPlatformException notStarted(String what) {
        String tail = serverLog.tail();
        return PrivateFiles.fullDisk(launch.directory(), tail)
                .orElseGet(() -> new EmbeddedPlatformException(
                        "%s %s; its log %s ends: %s".formatted(launch.name(), what, serverLog.file(), tail)));
    }

    private void exited(Process dead) {
        Thread.ofVirtual().name("veza-supervisor-" + launch.name()).start(() -> bringBack(dead));
    }

    private void bringBack(Process dead) {
        Duration pause = Duration.ZERO;
        synchronized (this) {
            if (dead != process || stopped || !supervised) {
                return;
            }
            log.warn(
                    "{} (pid {}) died with code {}; its log ends: {}",
                    launch.name(),
                    dead.pid(),
                    dead.exitValue(),
                    serverLog.tail());
            boolean wasHealthy = Instant.now().isAfter(startedAt.plus(HEALTHY_LIFE));
            deathsInARow = wasHealthy ? 1 : deathsInARow + 1;
            pause = pauseBefore(deathsInARow);
        }
        while (!startedAgain(dead, pause)) {
            pause = pauseBefore(deathsInARow);
        }
    }

    /** Returns true when there is nothing more to do. */
    private boolean startedAgain(Process dead, Duration pause) {
        pause(pause);
        synchronized (this) {
            if (stopped || !supervised || (process != dead && process != null && process.isAlive())) {
                return true;
            }
            try {
                start();
                log.info("{} is back (pid {})", launch.name(), pid());
                return true;
            } catch (EmbeddedPlatformException e) {
                deathsInARow++;
                log.error(
                        "{} does not start again, {} times in a row now; next try in {} s. {}",
                        launch.name(),
                        deathsInARow,
                        pauseBefore(deathsInARow).toSeconds(),
                        e.getMessage());
                return false;
            }
        }
    }

    /** The first three deaths cost no pause to speak of; from then on it doubles. */
    private static Duration pauseBefore(int deathsInARow) {
        if (deathsInARow <= 3) {
            return Duration.ofMillis(200);
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(deathsInARow - 4, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    synchronized void supervised(boolean on) {
        supervised = on;
        if (on && process != null && !stopped && !process.isAlive()) {
            exited(process);
        }
    }

    synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException(launch.name() + " was not started");
        }
        return process.pid();
    }

    void kill() {
        Process target;
        synchronized (this) {
            target = process;
        }
        if (target != null) {
            target.destroyForcibly();
            awaitExit(target, STOP_TIME);
        }
    }

    /** Returns once it stands still: its threads notice the signal one after the other. */
    void pause() {
        long pid = pid();
        Spawner.signal(pid, "STOP");
        Instant deadline = Instant.now().plus(STOP_TIME);
        while (!ThreadStates.allStopped(pid)) {
            if (Instant.now().isAfter(deadline)) {
                throw new EmbeddedPlatformException("%s (pid %d) does not stop for SIGSTOP within %d s."
                        .formatted(launch.name(), pid, STOP_TIME.toSeconds()));
            }
            pause(Duration.ofMillis(1));
        }
    }

    void resume() {
        Spawner.signal(pid(), "CONT");
    }

    synchronized void stop() {
        stopped = true;
        Process target = process;
        if (target == null) {
            return;
        }
        if (target.isAlive()) {
            // One that is paused would not get to its stop signal
            Spawner.signal(target.pid(), "CONT");
            Spawner.signal(target.pid(), launch.stopSignal());
            if (!awaitExit(target, STOP_TIME)) {
                log.warn(
                        "{} (pid {}) did not stop within {} s: killed",
                        launch.name(),
                        target.pid(),
                        STOP_TIME.toSeconds());
                target.destroyForcibly();
                awaitExit(target, STOP_TIME);
            }
        }
        pidFile.delete();
    }

    synchronized void restart() {
        stop();
        start();
    }

    static boolean awaitExit(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while waiting for process " + process.pid() + ".", e);
        }
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while waiting for a server.", e);
        }
    }
}
