package app.veza.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it costs each node to know who is online: 300,000 people, a third of them at each of three nodes. */
@Tag("soak")
class RosterHeapProbe {

    private static final Logger log = LoggerFactory.getLogger(RosterHeapProbe.class);
    private static final int PEOPLE = 300_000;
    private static final int NODES = 3;

    @Test
    void aPersonWhoIsOnlineCostsLessThanAQuarterOfAKibibyte() {
        Roster roster = new Roster(new Nobody());
        long before = usedHeap();
        for (int i = 0; i < PEOPLE; i++) {
            roster.came("node-" + i % NODES, UUID.randomUUID());
        }
        long each = (usedHeap() - before) / PEOPLE;
        log.info("{} people online: {} bytes of heap each", roster.online(), each);
        assertThat(each).isLessThan(256);
    }

    private static final class Nobody implements Roster.Changed {

        @Override
        public void online(UUID person) {
            // nobody watches
        }

        @Override
        public void offline(UUID person, Instant at) {
            // nobody watches
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
