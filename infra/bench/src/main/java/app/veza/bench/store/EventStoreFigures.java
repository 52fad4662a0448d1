package app.veza.bench.store;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.event.EventTypes;
import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The event store on servers of its own. */
public final class EventStoreFigures {

    private final Path directory;
    private final Settings settings;
    private final Figures figures;
    private final JacksonEventCodec codec = new JacksonEventCodec(EventTypes.byName());
    private final VezaEvents events = new VezaEvents(codec);

    private EventStoreFigures(Path directory, Settings settings, Figures figures) {
        this.directory = directory;
        this.settings = settings;
        this.figures = figures;
    }

    /**
     * @param load length of one load
     * @param events of the log that is sourced and replayed
     * @param durability of both servers: what an acknowledged append survives
     */
    public record Settings(Duration load, long events, Durability durability) {}

    public static void measure(Path directory, Settings settings, Figures figures)
            throws IOException, InterruptedException {
        new EventStoreFigures(directory, settings, figures).measure();
    }

    private void measure() throws IOException, InterruptedException {
        boolean power = settings.durability() == Durability.POWER;
        try (NatsServer nats = NatsServer.start(NatsServerOptions.in(directory.resolve("nats"))
                .withDurability(power ? app.veza.embedded.Durability.POWER : app.veza.embedded.Durability.PROCESS))) {
            appends(nats);
            reads(nats);
            if (!power) {
                var nodes = new NodeFigures(nats.url(), nats.pid(), directory, events, figures);
                nodes.processes(settings.load().dividedBy(3));
                new MachineFigures(nats.url(), nats.pid(), directory, figures)
                        .measure(settings.load().dividedBy(3));
                nodes.together(settings.load().dividedBy(3));
                nodes.takeover();
            }
        }
    }

    /** PostgreSQL is as durable as NATS: without fsync it survives kill -9 too. */
    private void appends(NatsServer nats) throws IOException, InterruptedException {
        String stream = "BENCH_APPENDS";
        try (PostgresServer postgres = PostgresServer.start(PostgresServerOptions.in(directory.resolve("postgres"))
                        .withThrowAway(settings.durability() == Durability.PROCESS));
                EventLog log = Logs.open(nats.url(), stream, directory.resolve("appends"), settings.durability());
                var store = new LogContestant(log, events, nats.pid());
                var raw = new RawContestant(nats.url(), "BENCH", stream, events, nats.pid());
                var jpa = new JpaContestant(postgres, events)) {
            new AppendFigures(store, raw, jpa, figures).measure(settings.load().dividedBy(4));
            figures.add("events that the JPA engine's table holds afterwards", "-", "%,d", jpa.stored());
        }
    }

    private void reads(NatsServer nats) throws IOException, InterruptedException {
        String stream = "BENCH_READS";
        try (EventLog log = Logs.open(nats.url(), stream, directory.resolve("reads"), settings.durability())) {
            double rate = FilledLog.fill(log, events, settings.events());
            figures.add("%,d events of the platform's mix appended".formatted(settings.events()), "-", "%,.0f/s", rate);
            var reads = new ReadFigures(log, codec, figures);
            reads.sourcing(settings.load().dividedBy(5));
            reads.replay();
            var clock = new CpuClock(nats.pid());
            CpuClock.Reading before = clock.read();
            long start = System.nanoTime();
            try (EventLog fresh = Logs.open(nats.url(), stream, directory.resolve("fresh"), settings.durability())) {
                reads.fresh(
                        fresh.indexedPosition(),
                        (System.nanoTime() - start) / 1e9,
                        clock.read().since(before));
            }
        }
        new UpkeepFigures(
                        Logs.config(nats.url(), stream, directory.resolve("reads"), settings.durability()),
                        new FileBackups(directory.resolve("backups")),
                        new CpuClock(nats.pid()),
                        figures)
                .measure();
    }
}
