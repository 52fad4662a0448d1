package app.veza.eventstore;

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

    /** Starts all of them again with their data, on the same addresses. */
    void restart();

    @Override
    void close();
}
