package app.veza.server.streaming;

import app.veza.command.streaming.createstream.OwnLinks;
import app.veza.query.http.Caller;
import app.veza.query.streaming.streams.StreamLinks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Recordings by the product's own address, not the CDN's: its cookies are given to who joins, and nobody joins what has ended. */
final class PublishedLinks implements StreamLinks, OwnLinks {

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

    @Override
    public URI own(app.veza.command.http.Caller broadcaster, UUID stream) {
        return links.signOwn(broadcaster.personId(), broadcaster.sessionId(), stream, end());
    }

    @Override
    public URI recording(UUID stream) {
        return links.openRecording(stream);
    }

    @Override
    public URI recordingFor(Caller caller, UUID stream) {
        return links.signRecording(caller.personId(), caller.sessionId(), stream, end());
    }

    /** The same for an hour, so that answers do not differ by it alone. */
    private Instant end() {
        return clock.instant().plus(life).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }
}
