package app.veza.eventstore;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One server's copy of a stream, read in order. Direct gets are answered by whichever server happens to; but a consumer of one replica lives
 * on one of those that hold the stream, by chance, and says on which, and it reads that server's copy. The server checks whole
 * messages, and delivers headers.
 */
final class ServerCopy {
    /** One server of three is missed by so many once in fifty thousand times. */
    private static final int TRIES = 30;

    private static final int MESSAGES = 1024;
    /** Of its consumer, after which it has met something that it cannot read. */
    private static final Duration STILL = Duration.ofSeconds(1);
    /** A busy server stands still for longer than that, but not twice and for so long. */
    private static final Duration STILL_AGAIN = Duration.ofSeconds(5);

    /** Until the server forgets a consumer that nobody asks. */
    private static final long FORGOTTEN_NANOS = 60_000_000_000L;

    private final RawStream stream;
    private final String server;
    private String consumer;
    private long next;

    private ServerCopy(RawStream stream, String server, String consumer, long next) {
        this.stream = stream;
        this.server = server;
        this.consumer = consumer;
        this.next = next;
    }

    /** By the server's name; those that cannot be had at present are left out. */
    static Map<String, ServerCopy> all(RawStream stream, int servers, long from) throws IOException {
        Map<String, ServerCopy> found = new TreeMap<>();
        for (int i = 0; i < TRIES && found.size() < servers; i++) {
            ServerCopy copy = anywhere(stream, from);
            if (found.putIfAbsent(copy.server, copy) != null) {
                copy.close();
            }
        }
        return found;
    }

    private static ServerCopy anywhere(RawStream stream, long from) throws IOException {
        String request = """
                {"stream_name":"%s","config":{"deliver_policy":"by_start_sequence","opt_start_seq":%d,"ack_policy":"none",\
                "replay_policy":"instant","num_replicas":1,"mem_storage":true,"headers_only":true,"inactive_threshold":%d}}""".formatted(stream.name(), from, FORGOTTEN_NANOS);
        JsonNode made = RawStream.requireDone("CONSUMER.CREATE", stream.api("CONSUMER.CREATE", request));
        return new ServerCopy(
                stream,
                made.path("cluster").path("leader").asString(""),
                made.path("name").asString(""),
                from);
    }

    String server() {
        return server;
    }

    /** The first sequence up to this one that it does not deliver; the one behind it when it delivers all. */
    long read(long upTo) throws IOException {
        return read(upTo, STILL);
    }

    /** Whether it does not deliver this one, asked with patience. It has been moved there just now. */
    boolean lacks(long sequence) throws IOException {
        return read(sequence, STILL_AGAIN) == sequence;
    }

    private long read(long upTo, Duration still) throws IOException {
        while (next <= upTo) {
            long before = next;
            int count = (int) Math.min(upTo - next + 1, MESSAGES);
            for (long sequence : stream.readConsumer(consumer, count, still)) {
                if (sequence > next) {
                    return next;
                }
                next++;
            }
            if (next == before) {
                return next;
            }
        }
        return next;
    }

    /** To be read from there on. False when its server cannot be had at present. */
    boolean moveTo(long sequence) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            ServerCopy moved = anywhere(stream, sequence);
            if (moved.server.equals(server)) {
                close();
                consumer = moved.consumer;
                next = sequence;
                return true;
            }
            moved.close();
        }
        return false;
    }

    void close() throws IOException {
        stream.deleteConsumer(consumer);
    }
}
