package app.veza.projectionengine;

import app.veza.projectionengine.Ledger.Balance;
import app.veza.projectionengine.Ledger.Closed;
import app.veza.projectionengine.Ledger.Deposited;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Deposits as rows, whose key an event applied twice would violate, and balances as sums, which an event lost or applied
 * twice would falsify. Set-based: a statement a table, whatever the batch's size.
 *
 * @param before called with the first position of each batch, inside of its transaction
 * @param indexing name of the resource of its indexes, without folder and type
 */
record Balances(String name, int version, Target target, LongConsumer before, String indexing)
        implements SqlProjection {
    Balances(String name, int version, Target target, LongConsumer before) {
        this(name, version, target, before, "balances-indexes");
    }

    Balances(String name) {
        this(name, 1, Target.PRIMARY, position -> {});
    }

    @Override
    public String tables() {
        return "app/veza/projectionengine/balances-" + version + ".sql";
    }

    @Override
    public Optional<String> indexes() {
        return Optional.of("app/veza/projectionengine/" + indexing + ".sql");
    }

    @Override
    public String views() {
        return "app/veza/projectionengine/" + name + "-views-" + version + ".sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(Ledger.DEPOSITED, Ledger.CLOSED);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by("account", "account"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        before.accept(batch.getFirst().position());
        List<Recorded<?>> run = new ArrayList<>();
        for (Recorded<?> recorded : batch) {
            if (recorded.event() instanceof Closed(int account)) {
                deposit(tx, run);
                run.clear();
                tx.execute("delete from balance where account = ?", account);
                tx.execute("delete from deposit where account = ?", account);
            } else {
                run.add(recorded);
            }
        }
        deposit(tx, run);
    }

    private static void deposit(DSLContext tx, List<Recorded<?>> deposits) {
        if (deposits.isEmpty()) {
            return;
        }
        Map<Integer, Balance> sums = Ledger.fold(new LinkedHashMap<>(), deposits);
        tx.execute(
                "insert into deposit (position, account, amount) select * from unnest(?::bigint[], ?::int[], ?::bigint[])",
                deposits.stream().map(Recorded::position).toArray(Long[]::new),
                deposits.stream().map(d -> ((Deposited) d.event()).account()).toArray(Integer[]::new),
                deposits.stream().map(d -> ((Deposited) d.event()).amount()).toArray(Long[]::new));
        tx.execute(
                """
                insert into balance as b (account, amount, deposits, position)
                select * from unnest(?::int[], ?::bigint[], ?::int[], ?::bigint[])
                on conflict (account) do update set amount = b.amount + excluded.amount,
                    deposits = b.deposits + excluded.deposits, position = excluded.position
                """,
                sums.values().stream().map(Balance::account).toArray(Integer[]::new),
                sums.values().stream().map(Balance::amount).toArray(Long[]::new),
                sums.values().stream().map(Balance::deposits).toArray(Integer[]::new),
                sums.values().stream().map(Balance::position).toArray(Long[]::new));
    }

    /** What readers see. */
    List<Balance> rows(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES)
                .fetch("select account, amount, deposits, position from view." + name + "_balance order by account")
                .map(row -> new Balance(
                        row.get(0, Integer.class),
                        row.get(1, Long.class),
                        row.get(2, Integer.class),
                        row.get(3, Long.class)));
    }

    /** Balances again, from the single deposits: the two tables must tell the same. */
    List<Balance> rowsFromDeposits(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES)
                .fetch("select account, sum(amount)::bigint, count(*)::int, max(position) from "
                        + new Edition(name, version, 1).schema() + ".deposit group by account order by account")
                .map(row -> new Balance(
                        row.get(0, Integer.class),
                        row.get(1, Long.class),
                        row.get(2, Integer.class),
                        row.get(3, Long.class)));
    }
}
