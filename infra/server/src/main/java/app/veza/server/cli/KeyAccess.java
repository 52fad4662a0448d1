package app.veza.server.cli;

import app.veza.eventstore.personal.KeyRotation;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.server.node.MasterKeySource;
import java.io.UncheckedIOException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The keys of the platform that runs on a data directory, for a command beside it. */
record KeyAccess(MasterKeyFile file, MasterKeys masterKeys, KeyRotation keys) {

    static KeyAccess of(DataDirectory data) {
        RunState state = RunState.require(data);
        MasterKeyFile file = MasterKeyFile.of(data, state.stores());
        MasterKeys masterKeys = masterKeys(file);
        return new KeyAccess(file, masterKeys, new KeyRotation(database(state.stores()), masterKeys));
    }

    /** @throws CommandFailure when there is none that can be read */
    private static MasterKeys masterKeys(MasterKeyFile file) {
        try {
            return MasterKeySource.read(file.path());
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailure(
                    "%s: give this command the master keys that the nodes have.".formatted(malformed.getMessage()),
                    malformed);
        } catch (UncheckedIOException unread) {
            throw new CommandFailure(
                    "%s: run this as the user who started Veza.".formatted(unread.getMessage()), unread);
        }
    }

    /** Whether a new master key is this program's to make. */
    boolean makesMasterKeys() {
        return file.own() && !MasterKeySource.isInEnvironment();
    }

    String whereMasterKeysAre() {
        return MasterKeySource.isInEnvironment()
                ? MasterKeySource.VARIABLE
                : file.path().toString();
    }

    static PGSimpleDataSource database(Map<String, String> stores) {
        var database = new PGSimpleDataSource();
        database.setUrl(stores.get("veza.postgres.primary.url"));
        database.setUser(stores.get("veza.postgres.primary.username"));
        database.setPassword(stores.get("veza.postgres.primary.password"));
        return database;
    }
}
