package app.veza.server.streaming;

import app.veza.query.streaming.streams.StreamLinks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Recordings by the product's own address, not the CDN's: its cookies are given to who joins, and nobody joins what has ended. */
final class PublishedLinks implements StreamLinks {

    private final PlaybackLinks open;
    private final PlaybackLinks links;
    private final Duration life;
    private final InstantSource clock;

    /**
     * @param open where anybody is let in to public streams
     * @param links by the product's own address
     * @param life the least that a link is good for
     */
    PublishedLinks(PlaybackLinks open, PlaybackLinks links, Duration life, InstantSource clock) {
        this.open = open;
        this.links = links;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public URI live(UUID stream) {
        return open.openLive(stream);
    }

    /** The same for an hour, so that answers do not differ by it alone. */
    @Override
    public URI recording(UUID stream, boolean isPublic) {
        if (isPublic) {
            return links.openRecording(stream);
        }
        Instant end = clock.instant().plus(life).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return links.signRecording(stream, end);
    }
}
