package app.veza.eventstore;

import java.nio.file.Path;
import java.util.List;

/** NATS for {@link EventLogContract}: one server or a cluster, its own to stop and to bring back. */
public interface LogServers extends AutoCloseable {

    /** With user and password of an account that may do everything; several are separated by commas. */
    String url();

    /** Of the logs that are made on it: 1, 3 or 5. */
    int replicas();

    /** All of them keep their connections and answer nobody (SIGSTOP). */
    void pause();

    void resume();

    /** All of them end without notice (SIGKILL). */
    void kill();

    /** All of them end in good order (SIGTERM). */
    void stop();

    /** The one that leads the stream ends without notice (SIGKILL); the only one, where there is no other. */
    void killLeader(String stream);

    /** Starts those that do not run again with their data, on the same addresses. */
    void restart();

    /**
     * Where each of them keeps what it keeps, to be damaged while they are stopped. None where the files are out of reach: then damage is not
     * tested.
     */
    default List<Path> stores() {
        return List.of();
    }

    /** Copies all that they keep into an empty directory, while they are killed. */
    void copyTo(Path directory);

    /** Puts a copy in the place of what they keep, while they are killed: as if nothing had been stored since. */
    void bringBack(Path directory);

    @Override
    void close();
}
