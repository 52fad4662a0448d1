package app.veza.projectionengine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event of the log; several projections may share the instance, so it is safe for use by many threads. */
public interface LoggedEvent {
    long position();

    /** Registered name of the event, such as {@code chat.MessageSent}. */
    String type();

    Instant timestamp();

    /** SHA-256 chain over the log up to and with this event (of a multi-event append: of its message). */
    byte[] chainHash();

    /**
     * The event's record in its current revision; decoded once, lazily; null when the type is unknown here.
     *
     * @throws PayloadUnavailableException when it cannot be had now; what else is thrown means that it never can
     */
    @Nullable
    Object payload();

    Map<String, String> metadata();

    /** What the event is about, {@code room:0198...}, the primary tag first; personal values as the log shows them: hashed. */
    default List<String> tags() {
        return List.of();
    }
}
