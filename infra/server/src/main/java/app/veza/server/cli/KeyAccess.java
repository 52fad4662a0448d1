package app.veza.server.cli;

import app.veza.eventstore.personal.KeyRotation;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.server.node.MasterKeySource;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The keys of the platform that runs on a data directory, for a command beside it. */
record KeyAccess(MasterKeyFile file, MasterKeys masterKeys, KeyRotation keys) {

    static KeyAccess of(DataDirectory data) {
        RunState state = RunState.ofRunning(data)
                .orElseThrow(() -> new CommandFailure(
                        "Veza does not run on %s: the keys are in its database, so './veza up' it first, or name another place with --data."
                                .formatted(data.root())));
        MasterKeyFile file = MasterKeyFile.of(data, state.stores());
        MasterKeys masterKeys = MasterKeySource.read(file.path());
        return new KeyAccess(file, masterKeys, new KeyRotation(database(state.stores()), masterKeys));
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
