package app.veza.eventstore;

import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForwardedTest {
    private static final int HERE = 3;
    private static final int THERE = 9;

    /** The node that takes it over holds what comes with it for true of the log that it reads itself. */
    @Test
    void whatWasSearchedInAnIndexThatIsNoMoreIsNotHandedOver() {
        assertThat(handedOver(new Handed.Searched(HERE, 7, 5, 7, null)))
                .isEqualTo(new Handed.Searched(THERE, 7, 5, 7, null));
        assertThat(handedOver(new Handed.Searched(HERE - 1, 7, 5, 7, null)))
                .isEqualTo(new Handed.Searched(THERE, 0, 0, 0, null));
    }

    private static Handed.Searched handedOver(Handed.Searched searched) {
        var condition = new AppendCondition(Criteria.tagged(new Tag("room", "7")), 1);
        EncodedAppend encoded = new WireFormat("log", 10, 1 << 20).encode("a", AppendRequest.of(event("chat.A")));
        long now = System.nanoTime();
        var frame = new FrameWriter();
        Forwarded.begin(frame, "node", Chain.genesis());
        Forwarded.write(frame, new Handed.Append(1, now, null, encoded, condition, searched), 1, HERE, now);
        var reader = new FrameReader(frame.toByteArray());
        var read = (Handed.Append)
                Forwarded.read(reader, Forwarded.sender(reader), THERE, now).getFirst();
        assertThat(read.condition).isEqualTo(condition);
        return read.searched;
    }
}
