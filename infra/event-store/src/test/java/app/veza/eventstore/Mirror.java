package app.veza.eventstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A mirror of the log's stream, made with the settings that DRILL.md gives. */
final class Mirror implements AutoCloseable {
    static final String NAME = "VEZA_EVENTS_MIRROR";
    private static final Path DRILL = Path.of("DRILL.md");

    private final RawStream stream;
    private final EventLogConfig log;

    private Mirror(RawStream stream, EventLogConfig log) {
        this.stream = stream;
        this.log = log;
    }

    /** @param log whose stream bears the name that is usual */
    static Mirror of(EventLogConfig log) throws IOException {
        var mirror = new Mirror(RawStream.connect(log.natsUrl(), NAME), log);
        if (mirror.stream.info().isEmpty()) {
            mirror.create();
        }
        return mirror;
    }

    private void create() throws IOException {
        byte[] settings = settings().getBytes(StandardCharsets.UTF_8);
        RawStream.requireDone("STREAM.CREATE", stream.api("STREAM.CREATE", settings));
    }

    private static String settings() throws IOException {
        String drill = Files.readString(DRILL);
        int begin = drill.indexOf("{\"name\": \"" + NAME + "\"");
        return drill.substring(begin, drill.indexOf('\n', begin));
    }

    void makeAnew() throws IOException {
        RawStream.requireDone("STREAM.DELETE", stream.api("STREAM.DELETE", new byte[0]));
        create();
    }

    void awaitWhole() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isWhole);
    }

    /** Until NATS lets it answer for the log, which it does some time after a start. */
    void awaitAnswers() {
        byte[] first = "{\"seq\":1}".getBytes(StandardCharsets.US_ASCII);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            var answer = stream.nats().request("$JS.API.DIRECT.GET." + log.streamName(), first, Duration.ofSeconds(2));
            return answer != null && !answer.isStatusMessage() && DirectGet.isOf(NAME, answer);
        });
    }

    /** Whether the log could be restored from it. */
    boolean isWhole() throws IOException {
        LogMark end = Verified.of(log).reached();
        long last = stream.info().orElseThrow().lastSequence();
        try {
            return last == end.sequence()
                    && RestoreTarget.verified(stream, last).hasHash(end.point().chainHash());
        } catch (LogDamagedException differs) {
            return false;
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
