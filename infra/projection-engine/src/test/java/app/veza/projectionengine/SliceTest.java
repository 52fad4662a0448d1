package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SliceTest {

    private static final Set<String> TYPES = Set.of(Ledger.DEPOSITED, Ledger.CLOSED);

    private final ListLog log = new ListLog("a", Ledger.history(20_000, 5));
    private final Slice slice =
            new Slice(Slicing.by("account", "account").withEverywhere(Set.of(Ledger.CLOSED)), TYPES, Set.of("3", "77"));

    private List<Long> handled(BoundedLog part, int page) {
        List<Long> positions = new ArrayList<>();
        long at = 0;
        for (var events = part.read(at, page, TYPES); !events.isEmpty(); events = part.read(at, page, TYPES)) {
            assertThat(events).hasSizeLessThanOrEqualTo(page + 1);
            events.stream()
                    .filter(event -> TYPES.contains(event.type()))
                    .map(LoggedEvent::position)
                    .forEach(positions::add);
            at = events.getLast().position();
        }
        assertThat(at).isEqualTo(part.head());
        return positions;
    }

    private List<Long> expected(long end) {
        EventLog whole = log;
        return whole.read(0, (int) end).stream()
                .filter(event -> event.type().equals(Ledger.CLOSED)
                        || event.type().equals(Ledger.DEPOSITED)
                                && (event.tags().contains("account:3")
                                        || event.tags().contains("account:77")))
                .map(LoggedEvent::position)
                .toList();
    }

    @Test
    void isReadUpToTheEndWhateverStandsThereAndOnWhenThatMoves() {
        BoundedLog part = new BoundedLog(log, 15_000, 1, slice);
        assertThat(handled(part, 50)).isEqualTo(expected(15_000)).hasSizeGreaterThan(300);
        part.extend(Long.MAX_VALUE);
        assertThat(handled(part, 7)).isEqualTo(expected(20_000));
    }

    @Test
    void namesRedisKeysBetweenColons() {
        assertThat(slice.hasRedisKey("total:77")).isTrue();
        assertThat(slice.hasRedisKey("77:total")).isTrue();
        assertThat(slice.hasRedisKey("total:771")).isFalse();
    }

    @Test
    void ofAProjectionIsPickedByItsEvents() {
        Balances ledger = new Balances("ledger");
        List<String> keys = Sampling.keys(log, ledger, ledger.slicing().orElseThrow());
        assertThat(keys)
                .hasSize(16)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(Integer.parseInt(key)).isBetween(0, 199));
        assertThat(Sampling.keys(new ListLog("b"), ledger, ledger.slicing().orElseThrow()))
                .isEmpty();
    }
}
