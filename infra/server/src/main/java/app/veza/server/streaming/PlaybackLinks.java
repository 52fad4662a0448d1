package app.veza.server.streaming;

import app.veza.server.node.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a stream is listened to. A listener's link has a pass as a segment of its path, {@code
 * /live/<stream>/s/<pass>/master.m3u8}, so that what playlists name relatively inherits it. A pass is good for one stream until it
 * expires, on every node, and says which listening it is, so that fetching with it is a sign of listening.
 */
public final class PlaybackLinks {

    /** The segment of the path before a pass. */
    public static final String SIGNED = "s";

    private static final String RECORDING = "recording.m4a";
    private static final UUID NO_LISTENING = new UUID(0, 0);
    private static final UUID BROADCASTERS_OWN = new UUID(0, 1);
    private static final int MAC_BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** When it expires, in seconds since 1970, which listening it is, whose and in which session, and the signature of these and the stream. */
    private static final Pattern PASS =
            Pattern.compile("(\\d{1,12})\\.([0-9a-f]{32})\\.([0-9a-f]{32})\\.([0-9a-f]{32})\\.([A-Za-z0-9_-]{22})");

    private final URI publicUrl;
    private final Hmac hmac;

    /** @param platformKey the secret that all nodes share */
    public PlaybackLinks(URI publicUrl, byte[] platformKey) {
        this.publicUrl = publicUrl;
        this.hmac = new Hmac(platformKey);
    }

    /**
     * What a valid pass stands for.
     *
     * @param personId to whom it was given
     * @param sessionId in which they asked for it
     */
    public record Pass(UUID streamId, UUID listeningId, UUID personId, UUID sessionId, Instant expiresAt) {

        /** Whether it was given to the stream's broadcaster, who need not listen to be let in. */
        boolean isBroadcasters() {
            return listeningId.equals(BROADCASTERS_OWN);
        }
    }

    /** For one listener. */
    public URI sign(Pass pass) {
        return below("live", pass.streamId().toString(), SIGNED, text(pass), "master.m3u8");
    }

    /** Of a private stream, for its broadcaster, who counts as no listener. */
    public URI signOwn(UUID broadcasterId, UUID sessionId, UUID streamId, Instant expiresAt) {
        return sign(new Pass(streamId, BROADCASTERS_OWN, broadcasterId, sessionId, expiresAt));
    }

    /** Of a public stream, for anybody. */
    public URI openLive(UUID streamId) {
        return below("live", streamId.toString(), "master.m3u8");
    }

    /** Of what was recorded; of a public stream, for anybody. */
    public URI openRecording(UUID streamId) {
        return below("live", streamId.toString(), RECORDING);
    }

    /** For one who may hear what was recorded of a private stream: no listening, as nobody is counted any more. */
    public URI signRecording(UUID personId, UUID sessionId, UUID streamId, Instant expiresAt) {
        String pass = text(new Pass(streamId, NO_LISTENING, personId, sessionId, expiresAt));
        return below("live", streamId.toString(), SIGNED, pass, RECORDING);
    }

    /**
     * @param streamId of the path
     * @param pass the segment behind {@link #SIGNED}
     * @return empty when it was not signed here, is another stream's or has expired
     */
    public Optional<Pass> verify(UUID streamId, String pass, Instant now) {
        Matcher parts = PASS.matcher(pass);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
        var claimed = new Pass(streamId, uuid(parts.group(2)), uuid(parts.group(3)), uuid(parts.group(4)), expiresAt);
        boolean isOurs = MessageDigest.isEqual(
                text(claimed).getBytes(StandardCharsets.US_ASCII), pass.getBytes(StandardCharsets.US_ASCII));
        return isOurs && now.isBefore(expiresAt) ? Optional.of(claimed) : Optional.empty();
    }

    private String text(Pass pass) {
        String claim = String.join(
                ".",
                Long.toString(pass.expiresAt().getEpochSecond()),
                hex(pass.listeningId()),
                hex(pass.personId()),
                hex(pass.sessionId()));
        byte[] signature = hmac.of("playback-links", pass.streamId() + "/" + claim);
        return claim + "." + TEXT.encodeToString(Arrays.copyOf(signature, MAC_BYTES));
    }

    private URI below(String... segments) {
        return UriComponentsBuilder.fromUri(publicUrl)
                .pathSegment(segments)
                .build()
                .toUri();
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    private static UUID uuid(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
