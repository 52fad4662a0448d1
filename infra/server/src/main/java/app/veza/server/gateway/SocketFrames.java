package app.veza.server.gateway;

import app.veza.command.socket.SocketDoor;
import app.veza.gateway.CloseCode;
import app.veza.gateway.Connection;
import app.veza.gateway.GatewayConfig;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.FrameProblemException;
import app.veza.gateway.frame.FrameProtocol;
import app.veza.gateway.frame.Reply;
import app.veza.server.presence.Presence;
import app.veza.server.ratelimit.RateLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames that a socket at {@code /ws} takes: those of the use cases that have a door there, and those by which rooms and streams are followed. */
final class SocketFrames {

    /** The last frame of a socket whose session is over, however it came to that. */
    static final byte[] SESSION_ENDED = "{\"type\":\"session.ended\"}".getBytes(StandardCharsets.UTF_8);

    private static final Logger log = LoggerFactory.getLogger(SocketFrames.class);

    private final List<SocketDoor> doors;
    private final FrameProblems problems;
    private final RateLimits limits;
    private final SocketAuthenticator authenticator;
    private final Presence presence;
    private final Supplier<String> logId;

    SocketFrames(
            List<SocketDoor> doors,
            FrameProblems problems,
            RateLimits limits,
            SocketAuthenticator authenticator,
            Presence presence,
            Supplier<String> logId) {
        this.doors = List.copyOf(doors);
        this.problems = problems;
        this.limits = limits;
        this.authenticator = authenticator;
        this.presence = presence;
        this.logId = logId;
    }

    /**
     * @param rooms there before the first connection is
     * @param streams likewise
     */
    FrameProtocol protocol(
            GatewayConfig config, Supplier<RoomSubscriptions> rooms, Supplier<StreamSubscriptions> streams) {
        FrameProtocol.Builder protocol = FrameProtocol.builder(config)
                .problems(problems)
                .opened(connection -> {
                    presence.opened(connection);
                    Thread.ofVirtual().name("gateway-session-check").start(() -> closeIfOver(connection));
                })
                .closed((connection, code) -> presence.closed(connection))
                .blocking("room.subscribe", frame -> read(frame, rooms.get()::subscribe))
                .blocking("room.unsubscribe", frame -> rooms.get().unsubscribe(frame))
                .blocking("stream.subscribe", frame -> read(frame, streams.get()::subscribe))
                .blocking("stream.unsubscribe", frame -> streams.get().unsubscribe(frame));
        for (SocketDoor door : doors) {
            protocol.blocking(door.frameType(), frame -> answer(door, frame));
        }
        return protocol.build();
    }

    /** A position goes with the log that it is one of; as over HTTP that in use when the frame came. */
    private Reply answer(SocketDoor door, Frame frame) {
        UUID person = SocketPrincipal.of(frame.connection()).personId();
        switch (door.cost()) {
            case NOTHING -> {}
            case A_READ -> requireNow("reads", limits.waitForRead(person));
            case A_COMMAND -> requireNow("commands, or bytes of them,", limits.waitForCommand(person, frame.bytes()));
        }
        String inUse = logId.get();
        Reply reply = door.answer(person, frame);
        if (!reply.members().containsKey("position")) {
            return reply;
        }
        Map<String, Object> members = new LinkedHashMap<>(reply.members());
        members.put("log", inUse);
        return new Reply(reply.type(), members, reply.then());
    }

    /** Charged as a read over HTTP is: it looks through the log for what the client has missed. */
    private Reply read(Frame frame, Function<Frame, Reply> answer) {
        requireNow(
                "reads",
                limits.waitForRead(SocketPrincipal.of(frame.connection()).personId()));
        return answer.apply(frame);
    }

    private static void requireNow(String what, Duration wait) {
        if (!wait.isZero()) {
            throw new FrameProblemException(
                    FrameProblems.tooMany("More %s than one person may send: nothing was done.".formatted(what), wait));
        }
    }

    static void endWithSession(Connection connection) {
        connection.send(SESSION_ENDED);
        connection.close(CloseCode.AUTHENTICATION_ENDED, "authentication ended");
    }

    /**
     * A session that ended while its socket was being opened: the follower, who closes the sockets of a session, did not
     * find this one yet.
     */
    private void closeIfOver(Connection connection) {
        try {
            if (authenticator.isOver(SocketPrincipal.of(connection))) {
                endWithSession(connection);
            }
        } catch (RuntimeException failure) {
            log.warn("Whether the session of a new connection is open cannot be read: it is closed", failure);
            connection.close(CloseCode.INTERNAL_ERROR, "the session cannot be read now");
        }
    }
}
