package app.veza.gateway.frame;

import app.veza.gateway.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to a frame.
 *
 * @param members beside {@code id} and {@code type}; values as Jackson writes them
 * @param then run on a virtual thread of its own once the reply is sent, so that all it sends comes after the reply; the
 *     connection's next frame does not wait for it
 */
public record Reply(
        String type, Map<String, ?> members, @Nullable Runnable then) {

    public static Reply ack() {
        return new Reply("ack", Map.of(), null);
    }

    public static Reply ack(Map<String, ?> members) {
        return new Reply("ack", members, null);
    }

    public static Reply of(String type, Map<String, ?> members) {
        return new Reply(type, members, null);
    }

    public static Reply error(Problem problem) {
        return new Reply("error", Map.of("problem", problem.members()), null);
    }

    public Reply then(Runnable next) {
        return new Reply(type, members, next);
    }
}
