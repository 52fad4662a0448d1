package app.veza.server.streaming;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live streams.
 *
 * @param beat how often a node says of each stream that it takes audio for it
 * @param silentAfter without a beat a stream counts as interrupted: its node is gone
 * @param resumeWithin how long an interrupted stream waits for its broadcaster, then it has ended
 * @param listensFor how long a sign of listening is good: who gives none for so long is gone, of the time in which one could be given
 * @param linkLife how long a listener's link is good; joining again gives another one
 */
@ConfigurationProperties("veza.streaming")
record StreamingSettings(
        @DefaultValue("1s") Duration beat,
        @DefaultValue("3s") Duration silentAfter,
        @DefaultValue("30s") Duration resumeWithin,
        @DefaultValue("30s") Duration listensFor,
        @DefaultValue("6h") Duration linkLife) {

    StreamingSettings {
        if (silentAfter.compareTo(beat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "veza.streaming.silent-after must be at least twice veza.streaming.beat: one late beat is no death");
        }
        if (resumeWithin.compareTo(silentAfter) <= 0) {
            throw new IllegalArgumentException(
                    "veza.streaming.resume-within must be more than veza.streaming.silent-after: else nobody can resume");
        }
    }
}
