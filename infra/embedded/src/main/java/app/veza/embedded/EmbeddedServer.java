package app.veza.embedded;

/** A server of this machine that runs as a child process. */
public sealed interface EmbeddedServer extends AutoCloseable permits NatsServer, PostgresServer, RedisServer {

    String name();

    int port();

    /** Process id while it runs. */
    long pid();

    boolean isRunning();

    /** SIGKILL, and waits until the process is gone. Under supervision it comes back by itself. */
    void kill();

    /** Stops it in good order and starts it again with the same data, on the same port. */
    void restart();

    /** Whether it is started again when it dies; off until its platform switches it on. */
    void supervised(boolean on);

    /** Stops it in good order. Data in a temporary directory is deleted. */
    @Override
    void close();
}
