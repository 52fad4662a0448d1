package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import java.time.Instant;
import java.util.List;

/** What one command would have appended. */
public record Happening(Instant at, List<VezaEvent> events) {
    static Happening of(Instant at, VezaEvent... events) {
        return new Happening(at, List.of(events));
    }
}
