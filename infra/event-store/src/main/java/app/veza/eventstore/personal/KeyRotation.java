package app.veza.eventstore.personal;

import app.veza.eventstore.personal.KeyTable.WrappedKey;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Changes keys while the system runs. */
public final class KeyRotation {

    private static final int PAGE = 500;

    private final KeyTable table;
    private final SubjectKeys keys;
    private final MasterKeys masterKeys;

    public KeyRotation(DataSource database, MasterKeys masterKeys) {
        this.table = new KeyTable(database);
        this.keys = new SubjectKeys(table, masterKeys);
        this.masterKeys = masterKeys;
    }

    /**
     * @param currentMasterKey id of the one that wraps
     * @param keys number of keys by the id of the master key that wrapped them
     * @param subjects who have a key
     * @param erased who have none and never will
     */
    public record Status(String currentMasterKey, Map<String, Long> keys, long subjects, long erased) {

        /** Keys that a master key other than the current one wrapped. */
        public long outdated() {
            return keys.entrySet().stream()
                    .filter(count -> !count.getKey().equals(currentMasterKey))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    public Status status() {
        return new Status(
                masterKeys.current().id(), table.countByMasterKey(), table.countSubjects(), table.countErased());
    }

    /**
     * Wraps every key with the current master key that another one wrapped. May be interrupted and begun again at any time; events
     * stay as they are.
     *
     * @param done told after every page how many keys were wrapped so far
     * @return how many keys were wrapped
     * @throws KeysUnavailableException when a key's own master key is not known any more
     */
    public long rewrap(LongConsumer done) {
        MasterKey current = masterKeys.current();
        long total = 0;
        while (true) {
            List<WrappedKey> page = table.wrappedByOthers(current.id(), PAGE);
            if (page.isEmpty()) {
                return total;
            }
            total += table.replace(
                    page, page.stream().map(key -> keys.rewrapped(key, current)).toList());
            done.accept(total);
        }
    }

    /**
     * Gives a subject a further key, with which events are encrypted from now on; earlier ones stay readable with the earlier keys.
     *
     * @return its version
     * @throws SubjectErasedException when the subject was erased
     * @throws IllegalArgumentException when the subject has no key
     */
    public int rotate(String subject) {
        return keys.rotate(subject);
    }
}
