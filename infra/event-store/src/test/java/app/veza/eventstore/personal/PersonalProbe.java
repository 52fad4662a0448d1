package app.veza.eventstore.personal;

import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/** What encryption costs: one thread, a message of 100 characters, 1,000 senders whose keys are in memory. Run by hand. */
final class PersonalProbe {

    private static final String TYPE = "sample.MessageSent";
    private static final int EVENTS = 200_000;
    private static final int ROUNDS = 6;

    /** CPU time: others may be at work on the machine. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    record Sent(UUID roomId, UUID messageId, UUID senderId, String text, int textLength, String clientMessageId) {}

    private PersonalProbe() {}

    public static void main(String[] arguments) {
        try (var database = new KeyDatabase()) {
            SubjectKeys keys =
                    SubjectKeys.open(database.source(), MasterKeys.of(AesMasterKey.parse(AesMasterKey.generate())));
            var personal = new PersonalFields(Map.of(TYPE, Map.of("text", "senderId")), "person", keys, "gone");
            for (int round = 1; round <= ROUNDS; round++) {
                measure("clear", PayloadTransform.NONE);
                measure("encrypted", personal);
            }
        }
    }

    private static void measure(String name, PayloadTransform transform) {
        var codec = new JacksonEventCodec(Map.of(TYPE, Sent.class), List.of(), transform);
        UUID[] people = new UUID[1000];
        for (int i = 0; i < people.length; i++) {
            people[i] = new UUID(0, i);
        }
        byte[][] stored = new byte[EVENTS][];
        UUID room = UUID.randomUUID();
        String text = "x".repeat(100);
        double encode = micros(i -> stored[i] =
                codec.encode(TYPE, "1", new Sent(room, new UUID(1, i), people[i % 1000], text, 100, "c-" + i)));
        double decode = micros(i -> codec.decode(TYPE, "1", stored[i]));
        System.out.printf(
                "%-9s encode %.2f us, decode %.2f us (%,.0f events/s a thread), %d bytes%n",
                name, encode, decode, 1_000_000 / decode, stored[0].length);
    }

    private static double micros(IntFunction<Object> work) {
        long from = THREADS.getCurrentThreadCpuTime();
        int hash = 0;
        for (int i = 0; i < EVENTS; i++) {
            hash ^= System.identityHashCode(work.apply(i));
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - from;
        if (hash == 42) {
            System.out.println("Keeps the work from being left out");
        }
        return nanos / 1000.0 / EVENTS;
    }
}
