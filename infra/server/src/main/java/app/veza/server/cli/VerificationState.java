package app.veza.server.cli;

import app.veza.eventstore.LogDamage;
import app.veza.eventstore.LogMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far {@code veza log verify} is, in {@code log-verification.json}: the next one goes on from there, and knows how long the log was.
 *
 * @param reached the last sound append of this pass
 * @param furthest the last one of any pass: a log that ends before it has lost its tail
 * @param damages found by this pass
 * @param complete the pass has reached the log's end
 */
record VerificationState(LogMark reached, LogMark furthest, List<LogDamage> damages, boolean complete) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Empty when there is none, or none that this version wrote. */
    static Optional<VerificationState> read(DataDirectory data) {
        Path file = file(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), VerificationState.class));
        } catch (JacksonException ofAnotherVersion) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFile.unwritable(file, e);
        }
    }

    void write(DataDirectory data) {
        PrivateFile.write(file(data), JSON.writeValueAsBytes(this));
    }

    private static Path file(DataDirectory data) {
        return data.root().resolve("log-verification.json");
    }
}
