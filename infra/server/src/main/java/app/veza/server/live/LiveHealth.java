package app.veza.server.live;

import app.veza.audio.live.LiveAudio;
import app.veza.server.health.HealthCheck;
import app.veza.server.node.LoggedEvents;
import java.time.Duration;
import java.util.Map;

/** Live audio on this node: whether it hears of streams that end, and how many more it can take. */
record LiveHealth(LiveAudio audio, LiveFollower follower, LoggedEvents events, LiveProperties properties)
        implements HealthCheck {

    private static final Duration STUCK = Duration.ofSeconds(5);

    @Override
    public String part() {
        return "stream";
    }

    @Override
    public Map<String, Object> check() {
        Duration silence = follower.silence();
        if (silence.compareTo(STUCK) > 0) {
            throw new IllegalStateException("has not read the log for " + silence.toSeconds() + " s");
        }
        long position = follower.position();
        return Map.of(
                "broadcasts",
                audio.streamIds().size(),
                "mostBroadcasts",
                properties.mostStreams(),
                "position",
                position,
                "lag",
                Math.max(0, events.head() - position));
    }
}
