package app.veza.gateway.frame;

import app.veza.gateway.Connection;
import app.veza.gateway.ConnectionHandler;
import app.veza.gateway.GatewayConfig;
import app.veza.gateway.Handshake;
import app.veza.gateway.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handlers of one route by frame type; give it to a {@link app.veza.gateway.Route} as its handlers. {@code ping} is
 * answered by the protocol itself.
 */
public final class FrameProtocol implements BiFunction<Connection, Handshake, ConnectionHandler> {
    private static final Logger log = LoggerFactory.getLogger(FrameProtocol.class);

    private final Map<String, FrameHandler> handlers;
    private final Function<Throwable, Optional<Problem>> problems;
    private final Consumer<Connection> opened;
    private final BiConsumer<Connection, Integer> closed;
    private final FrameCodec codec = new FrameCodec();
    private final int maxPending;
    private final Duration replyTimeout;

    private FrameProtocol(Builder builder) {
        handlers = Map.copyOf(builder.handlers);
        problems = builder.problems;
        opened = builder.opened;
        closed = builder.closed;
        maxPending = builder.maxPending;
        replyTimeout = builder.replyTimeout;
    }

    public static Builder builder(GatewayConfig config) {
        return new Builder(config.maxPendingFrames());
    }

    @Override
    public ConnectionHandler apply(Connection connection, Handshake handshake) {
        return new FrameQueue(this, connection);
    }

    FrameCodec codec() {
        return codec;
    }

    int maxPending() {
        return maxPending;
    }

    Duration replyTimeout() {
        return replyTimeout;
    }

    void opened(Connection connection) {
        opened.accept(connection);
    }

    void closed(Connection connection, int code) {
        closed.accept(connection, code);
    }

    FrameHandler handlerOf(String type) {
        FrameHandler handler = handlers.get(type);
        return handler != null
                ? handler
                : (FrameHandler.Async) frame -> CompletableFuture.completedFuture(
                        Reply.error(Problem.of(400, "unknown-type", "Unknown frame type", null)));
    }

    /** The answer to a frame whose handler failed: its own problem, the application's, or an internal error that is logged. */
    Reply replyTo(Frame frame, Throwable failure) {
        Throwable cause =
                failure instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        if (cause instanceof FrameProblemException known) {
            return Reply.error(known.problem());
        }
        if (cause instanceof TimeoutException) {
            log.warn("No reply to a frame of type {} in time", frame.type());
            return Reply.error(Problem.unavailable("No answer in time"));
        }
        Optional<Problem> problem = problems.apply(cause);
        if (problem.isEmpty()) {
            log.error("Handler of frame type {} failed", frame.type(), cause);
        }
        return Reply.error(problem.orElseGet(Problem::internal));
    }

    /** Registers handlers. */
    public static final class Builder {
        private final Map<String, FrameHandler> handlers = new HashMap<>();
        private final int maxPending;
        private Function<Throwable, Optional<Problem>> problems = failure -> Optional.empty();
        private Consumer<Connection> opened = connection -> {};
        private BiConsumer<Connection, Integer> closed = (connection, code) -> {};
        private Duration replyTimeout = Duration.ofSeconds(30);

        private Builder(int maxPending) {
            this.maxPending = maxPending;
            async("ping", frame -> CompletableFuture.completedFuture(Reply.ack()));
        }

        public Builder blocking(String type, FrameHandler.Blocking handler) {
            handlers.put(type, handler);
            return this;
        }

        public Builder async(String type, FrameHandler.Async handler) {
            handlers.put(type, handler);
            return this;
        }

        /** Which problem an exception of the application means; empty for a fault, which is logged and told as 500. */
        public Builder problems(Function<Throwable, Optional<Problem>> mapping) {
            problems = mapping;
            return this;
        }

        /** Called on the event loop when a connection begins. */
        public Builder opened(Consumer<Connection> listener) {
            opened = listener;
            return this;
        }

        /** Called on the event loop when a connection ends, with its close code. */
        public Builder closed(BiConsumer<Connection, Integer> listener) {
            closed = listener;
            return this;
        }

        /** How long an {@link FrameHandler.Async} handler's reply is waited for; blocking ones bound themselves. */
        public Builder replyTimeout(Duration timeout) {
            replyTimeout = timeout;
            return this;
        }

        public FrameProtocol build() {
            return new FrameProtocol(this);
        }
    }
}
