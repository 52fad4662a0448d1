package app.veza.server.live;

import app.veza.audio.live.Broadcast;
import app.veza.audio.live.BroadcastSink;
import app.veza.audio.live.LiveAudio;
import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.http.Commands;
import app.veza.command.streaming.Broadcast.Phase;
import app.veza.command.streaming.admitbroadcaster.BroadcastAdmission;
import app.veza.gateway.Authentication;
import app.veza.gateway.Authenticator;
import app.veza.gateway.Handshake;
import app.veza.gateway.Problem;
import app.veza.gateway.Route;
import app.veza.server.gateway.SocketAuthenticator;
import app.veza.server.gateway.SocketPrincipal;
import app.veza.server.streaming.OnAir;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /live/{streamId}} on the sockets' port: the stream's owner sends audio, from one connection at a time. A second one replaces
 * the first, wherever that is: who lost the network comes back before the old connection is known to be dead.
 */
final class Ingest {

    private static final int MOST_MESSAGE_BYTES = 256 * 1024;

    private final SocketAuthenticator people;
    private final BroadcastAdmission admission;
    private final Commands commands;
    private final LiveAudio audio;
    private final LiveOwners owners;
    private final LiveFinisher finisher;
    private final OnAir onAir;
    private final Places places;
    private final JsonMapper json;
    private final Map<UUID, Taken> taken = new ConcurrentHashMap<>();

    /** One connection's hold on a stream. */
    private static final class Taken {
        private volatile boolean replaced;
        private OnAir.Taking taking;
    }

    Ingest(
            SocketAuthenticator people,
            BroadcastAdmission admission,
            Commands commands,
            LiveAudio audio,
            LiveOwners owners,
            LiveFinisher finisher,
            OnAir onAir,
            LiveProperties properties,
            JsonMapper json) {
        this.people = people;
        this.admission = admission;
        this.commands = commands;
        this.audio = audio;
        this.owners = owners;
        this.finisher = finisher;
        this.onAir = onAir;
        this.places = new Places(
                properties.mostStreams(),
                properties.mostStreamsOfOnePerson(),
                id -> taken.containsKey(id) || audio.edge(id.toString()).isPresent());
        this.json = json;
    }

    Route route() {
        return new Route(
                "/live/{streamId}",
                MOST_MESSAGE_BYTES,
                Authenticator.blocking(this::admit),
                (connection, handshake) -> {
                    var broadcaster = (BroadcastPrincipal) connection.principal();
                    return new BroadcasterSocket(connection, sink -> connect(broadcaster, sink), json);
                });
    }

    private Authentication admit(Handshake handshake) {
        return switch (people.apply(handshake)) {
            case Authentication.Accepted(SocketPrincipal person) -> admit(handshake, person);
            case Authentication other -> other;
        };
    }

    private Authentication admit(Handshake handshake, SocketPrincipal person) {
        try {
            UUID streamId = UUID.fromString(handshake.pathVariables().get("streamId"));
            admission.admit(person.personId(), streamId);
            places.require(streamId, person.personId());
            return Authentication.accepted(new BroadcastPrincipal(person, streamId));
        } catch (IllegalArgumentException noUuid) {
            return Authentication.refused(Problem.of(404, "not-found", "Not found", "There is no such stream."));
        } catch (Rejection refused) {
            Problem problem = Problem.of(refused.kind().status(), refused.slug(), refused.title(), refused.detail());
            return Authentication.refused(
                    refused instanceof Overloaded full ? problem.retryAfter(full.retryAfter()) : problem);
        }
    }

    /** Blocks: the former node lets go first, and the storage is asked what that left there. */
    private BroadcasterSocket.Begun connect(BroadcastPrincipal broadcaster, BroadcastSink sink) {
        UUID streamId = broadcaster.streamId();
        String id = streamId.toString();
        var mine = new Taken();
        Taken former = taken.put(streamId, mine);
        if (former != null) {
            former.replaced = true;
        }
        mine.taking = onAir.take(streamId, () -> lost(streamId, mine));
        try {
            places.take(streamId, broadcaster.person().personId());
            owners.awaitFree(id);
            Phase phase = admitAgain(broadcaster);
            owners.claim(id);
            boolean began = phase != Phase.CREATED;
            var told = new LoggedStream(
                    commands, finisher, streamId, broadcaster.person().personId());
            Broadcast broadcast = audio.connect(id, began, told, sink);
            mine.taking.sends(broadcast::sendingFor);
            return new BroadcasterSocket.Begun(broadcast, () -> leave(streamId, mine));
        } catch (InterruptedException e) {
            leave(streamId, mine);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the former node", e);
        } catch (RuntimeException failure) {
            // As when the storage is away: a hold that is kept would keep the stream on air, with nobody who speaks
            leave(streamId, mine);
            throw failure;
        }
    }

    /** While the former node was waited for the stream may have ended, and before the socket was known its session. */
    private Phase admitAgain(BroadcastPrincipal broadcaster) {
        if (people.isOver(broadcaster.person())) {
            throw Rejection.forbidden("The session is over.");
        }
        return admission
                .admit(broadcaster.person().personId(), broadcaster.streamId())
                .phase();
    }

    /** The same broadcaster came in elsewhere. What this node has not stored yet is stored, then the other goes on. */
    private void lost(UUID streamId, Taken hold) {
        if (!hold.replaced && taken.remove(streamId, hold)) {
            owners.handOver(streamId.toString());
        }
    }

    private void leave(UUID streamId, Taken hold) {
        if (taken.remove(streamId, hold)) {
            hold.taking.close();
        }
    }
}
