package app.veza.bench.store;

import java.util.concurrent.CompletableFuture;

/** Something that events are appended to. */
interface Contestant extends AutoCloseable {

    String name();

    /** Completes when the append is durable, as durable as its server is set to make it; exceptionally when it is not. */
    CompletableFuture<?> append(long number, int events);

    /** Process id of its server. */
    long server();

    @Override
    void close();
}
