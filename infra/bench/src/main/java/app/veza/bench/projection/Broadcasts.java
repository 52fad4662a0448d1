package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.event.streaming.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Streams that are on the air, and who listens. */
final class Broadcasts {

    private static final int AT_ONCE = 12;

    private record Listening(UUID id, UUID person) {}

    private static final class Stream {
        final UUID id;
        final UUID broadcaster;
        final List<Listening> listening = new ArrayList<>();
        boolean live;

        Stream(UUID id, UUID broadcaster) {
            this.id = id;
            this.broadcaster = broadcaster;
        }
    }

    private final Random random;
    private final List<Stream> onAir = new ArrayList<>();

    Broadcasts(Random random) {
        this.random = random;
    }

    VezaEvent next(Supplier<UUID> newId, Supplier<UUID> anybody) {
        if (onAir.size() < AT_ONCE) {
            Stream created = new Stream(newId.get(), anybody.get());
            onAir.add(created);
            return new StreamCreated(
                    created.id,
                    created.broadcaster,
                    "Night of " + created.id,
                    null,
                    Visibility.PUBLIC,
                    random.nextBoolean());
        }
        Stream stream = onAir.get(random.nextInt(onAir.size()));
        if (!stream.live) {
            stream.live = true;
            return new StreamWentLive(stream.id, stream.broadcaster, "audio/webm");
        }
        int kind = random.nextInt(100);
        if (stream.listening.isEmpty() || kind < 55) {
            Listening listening = new Listening(newId.get(), anybody.get());
            stream.listening.add(listening);
            return new ListenerJoined(stream.id, listening.person(), listening.id());
        }
        if (kind < 96) {
            Listening gone = stream.listening.remove(random.nextInt(stream.listening.size()));
            return new ListenerLeft(
                    stream.id, gone.person(), gone.id(), 1_000L * random.nextInt(7_200), ListenerLeft.Reason.LEFT);
        }
        onAir.remove(stream);
        return new StreamStopped(stream.id, stream.broadcaster);
    }
}
