package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The history that tests fold: deposits on accounts, between events that nobody handles. */
final class Ledger {
    static final String DEPOSITED = "ledger.Deposited";
    static final String CLOSED = "ledger.Closed";
    static final String NOTED = "ledger.Noted";

    /** Applying it violates a constraint of the table. */
    static final long POISON = Long.MIN_VALUE;

    record Deposited(int account, long amount) {}

    record Closed(int account) {}

    /** Looks like a deposit and has no payload: of a type that is not known here. */
    record Odd(int account) {}

    record Noted(String text) {}

    /** One row of the read model. */
    record Balance(int account, long amount, int deposits, long position) {}

    private Ledger() {}

    /** The same events for the same arguments, also in another process. */
    static List<Object> history(int events, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object> history = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            int kind = random.nextInt(100);
            int account = random.nextInt(200);
            history.add(
                    kind < 70
                            ? new Deposited(account, random.nextInt(1, 1_000))
                            : kind < 72 ? new Closed(account) : new Noted("note " + i));
        }
        return history;
    }

    static String type(Object event) {
        return switch (event) {
            case Deposited d -> DEPOSITED;
            case Closed c -> CLOSED;
            case Odd o -> DEPOSITED;
            case Noted n -> NOTED;
            default -> "ledger.Unknown";
        };
    }

    /** The account, if it is about one. */
    static List<String> tags(Object event) {
        return switch (event) {
            case Deposited d -> List.of("account:" + d.account());
            case Closed c -> List.of("account:" + c.account());
            case Odd o -> List.of("account:" + o.account());
            default -> List.of();
        };
    }

    static Map<Integer, Balance> fold(List<? extends Recorded<?>> events) {
        return fold(new TreeMap<>(), events);
    }

    static Map<Integer, Balance> fold(Map<Integer, Balance> balances, List<? extends Recorded<?>> events) {
        for (Recorded<?> recorded : events) {
            switch (recorded.event()) {
                case Deposited d ->
                    balances.merge(
                            d.account(),
                            new Balance(d.account(), d.amount(), 1, recorded.position()),
                            (old, one) -> new Balance(
                                    old.account(), old.amount() + one.amount(), old.deposits() + 1, one.position()));
                case Closed c -> balances.remove(c.account());
                default -> {
                    // not handled
                }
            }
        }
        return balances;
    }

    static List<Balance> sorted(Map<Integer, Balance> balances) {
        return balances.values().stream()
                .sorted(Comparator.comparingInt(Balance::account))
                .toList();
    }
}
