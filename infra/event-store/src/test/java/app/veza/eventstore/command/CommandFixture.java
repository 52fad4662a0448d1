package app.veza.eventstore.command;

import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.axon.TestLog;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.OpenRoom;
import app.veza.eventstore.json.JacksonEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The sample's handlers on a new log on a real server. */
final class CommandFixture implements AutoCloseable {

    final TestLog testLog;
    final JacksonEventCodec codec = new JacksonEventCodec(SampleEvents.TYPES);
    SampleHandlers handlers = new SampleHandlers();
    private CommandSide commandSide;

    CommandFixture() {
        this(TestLog.create());
    }

    CommandFixture(TestLog testLog) {
        this.testLog = testLog;
        this.commandSide = start();
    }

    CompletableFuture<CommandOutcome> execute(Object command, CommandOptions options) {
        return commandSide.executor().execute(command, options);
    }

    CommandOutcome run(Object command) {
        return execute(command, CommandOptions.none()).join();
    }

    CommandOutcome run(Object command, CommandOptions options) {
        return execute(command, options).join();
    }

    UUID openRoom(int capacity, UUID... members) {
        UUID room = UUID.randomUUID();
        run(new OpenRoom(room, capacity));
        for (UUID member : members) {
            run(new Join(room, member));
        }
        return room;
    }

    /** As after a restart of the program. */
    void restart() {
        commandSide.close();
        testLog.reopen();
        handlers = new SampleHandlers();
        commandSide = start();
    }

    /** Once, and only for the first decision: what it does is decided without it. */
    void meanwhileOnce(Runnable action) {
        handlers.meanwhile = () -> {
            handlers.meanwhile = () -> {};
            action.run();
        };
    }

    List<RecordedEvent> stored() {
        long head = testLog.log().head();
        if (!testLog.log().awaitIndexed(head, Duration.ofSeconds(5))) {
            throw new IllegalStateException("The index did not reach " + head);
        }
        return testLog.log().read(0, Math.toIntExact(head));
    }

    List<Object> payloads() {
        return stored().stream().map(codec::decode).toList();
    }

    /** All at once, each on a virtual thread of its own; their outcomes in order. */
    static <T> List<Future<T>> atOnce(int count, IntFunction<Callable<T>> task) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> outcomes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                outcomes.add(threads.submit(task.apply(i)));
            }
            return outcomes;
        }
    }

    private CommandSide start() {
        PersonalTags personalTags = new PersonalTags(
                Set.of(SampleEvents.NAME), "a platform key for tests".getBytes(StandardCharsets.UTF_8));
        SampleHandlers registered = handlers;
        CommandSide side = CommandSide.configure(
                testLog.log(), codec, personalTags, configurer -> SampleHandlers.register(configurer, registered));
        side.start();
        return side;
    }

    @Override
    public void close() {
        commandSide.close();
        testLog.close();
    }
}
