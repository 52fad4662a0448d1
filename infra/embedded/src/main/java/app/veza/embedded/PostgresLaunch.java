package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a PostgreSQL server is started and stopped. */
record PostgresLaunch(
        PostgresCluster cluster, PostgresBinaries binaries, Credentials runAs, PostgresPreparation preparation)
        implements ServerProcess.Launch {

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public Path directory() {
        return cluster.directory();
    }

    @Override
    public void prepare() {
        preparation.beforeStart();
    }

    @Override
    public void started() {
        preparation.afterStart();
    }

    @Override
    public boolean repair() {
        return preparation.repair();
    }

    @Override
    public List<String> credentials() {
        return runAs.before();
    }

    @Override
    public List<String> command() {
        return List.of(binaries.program("postgres"), "-D", cluster.data().toString());
    }

    /** "Fast" shutdown. SIGTERM would wait for clients to leave. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    /** The eighth line of the state file is what pg_ctl waits for, too; a standby is ready when it answers queries. */
    @Override
    public boolean isReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(PostgresConfiguration.stateFile(cluster));
            return lines.size() >= 8
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }
}
