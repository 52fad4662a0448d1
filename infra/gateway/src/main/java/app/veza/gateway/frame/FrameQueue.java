package app.veza.gateway.frame;

import app.veza.gateway.Connection;
import app.veza.gateway.ConnectionHandler;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's frames, from their arrival to their replies; all of it on the connection's event loop. Above the bound
 * the socket is not read, so that a client which sends faster than it is served is slowed down by TCP.
 */
final class FrameQueue implements ConnectionHandler {
    private static final Logger log = LoggerFactory.getLogger(FrameQueue.class);

    private final FrameProtocol protocol;
    private final Connection connection;
    private @Nullable ArrayDeque<FrameCodec.Read> waiting;
    private int unanswered;
    private boolean blocked;
    private boolean paused;

    FrameQueue(FrameProtocol protocol, Connection connection) {
        this.protocol = protocol;
        this.connection = connection;
    }

    @Override
    public void opened(Connection opened) {
        protocol.opened(opened);
    }

    @Override
    public void text(Connection from, byte[] utf8) {
        FrameCodec.Read read = protocol.codec().read(connection, utf8);
        if (blocked) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(4);
            }
            waiting.add(read);
        } else {
            begin(read);
        }
        if (!paused && pending() >= protocol.maxPending()) {
            paused = true;
            connection.pauseReading();
        }
    }

    @Override
    public void closed(Connection gone, int code) {
        waiting = null;
        protocol.closed(gone, code);
    }

    private void begin(FrameCodec.Read read) {
        unanswered++;
        switch (read) {
            case FrameCodec.Read.Faulty faulty ->
                connection.send(protocol.codec().write(faulty.id(), Reply.error(faulty.problem())));
            case FrameCodec.Read.Valid(Frame frame) -> begin(frame);
        }
        if (read instanceof FrameCodec.Read.Faulty) {
            answered();
        }
    }

    private void begin(Frame frame) {
        switch (protocol.handlerOf(frame.type())) {
            case FrameHandler.Blocking handler -> {
                blocked = true;
                Thread.ofVirtual().name("gateway-frame").start(() -> {
                    Reply reply = call(handler, frame);
                    connection.execute(() -> {
                        blocked = false;
                        answer(frame, reply);
                        next();
                    });
                });
            }
            case FrameHandler.Async handler -> call(handler, frame);
        }
    }

    private Reply call(FrameHandler.Blocking handler, Frame frame) {
        try {
            return handler.handle(frame);
        } catch (Throwable failure) {
            return protocol.replyTo(frame, failure);
        }
    }

    private void call(FrameHandler.Async handler, Frame frame) {
        CompletableFuture<Reply> reply;
        try {
            reply = handler.handle(frame).toCompletableFuture();
        } catch (Throwable failure) {
            answer(frame, protocol.replyTo(frame, failure));
            return;
        }
        if (reply.isDone() && !reply.isCompletedExceptionally()) {
            answer(frame, reply.join());
            return;
        }
        // A copy: the timeout must not complete a future that belongs to the handler
        reply.copy()
                .orTimeout(protocol.replyTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((value, failure) -> connection.execute(
                        () -> answer(frame, failure == null ? value : protocol.replyTo(frame, failure))));
    }

    private void answer(Frame frame, @Nullable Reply reply) {
        Runnable then = send(frame, reply) && reply != null ? reply.then() : null;
        if (then != null && connection.isOpen()) {
            Thread.ofVirtual()
                    .name("gateway-then")
                    .uncaughtExceptionHandler((thread, failure) ->
                            log.error("What follows the reply to a {} frame failed", frame.type(), failure))
                    .start(then);
        }
        answered();
    }

    /** False when the reply could not be written (null, or values that are no JSON): the frame is answered all the same. */
    private boolean send(Frame frame, @Nullable Reply reply) {
        byte[] encoded;
        try {
            encoded = protocol.codec().write(frame.id(), Objects.requireNonNull(reply, "a handler returned no reply"));
        } catch (RuntimeException unwritable) {
            connection.send(protocol.codec().write(frame.id(), protocol.replyTo(frame, unwritable)));
            return false;
        }
        connection.send(encoded);
        return true;
    }

    private void answered() {
        unanswered--;
        if (paused && pending() <= protocol.maxPending() / 2) {
            paused = false;
            connection.resumeReading();
        }
    }

    private void next() {
        while (!blocked && waiting != null && !waiting.isEmpty()) {
            begin(waiting.poll());
        }
    }

    private int pending() {
        return unanswered + (waiting == null ? 0 : waiting.size());
    }
}
