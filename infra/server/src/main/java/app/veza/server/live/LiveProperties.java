package app.veza.server.live;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live audio.
 *
 * @param nodeUrl where other nodes reach this node's HTTP port; where it listens, when not given. Over TLS a node is believed by the
 *     certificate of {@code veza.tls.certificate}, whatever name that is for: it is the same on all nodes
 * @param window how far listeners may go back while a stream is live
 * @param late audio that has not come for so long is silence to listeners, until it comes
 * @param stall a broadcaster who sends no audio for so long is gone, though connected
 * @param mostStreams at once on this node; each takes some 2 % of a core and 30 MB
 * @param mostStreamsOfOnePerson of them
 * @param cdn in front of {@code /live} of the HTTP port; none by default
 */
@ConfigurationProperties("veza.live")
record LiveProperties(
        @Nullable URI nodeUrl,
        @DefaultValue("10m") Duration window,
        @DefaultValue("1s") Duration late,
        @DefaultValue("5s") Duration stall,
        @DefaultValue("60") int mostStreams,
        @DefaultValue("3") int mostStreamsOfOnePerson,
        @Nullable Cdn cdn) {

    /**
     * CloudFront, or what caches alike. Links to listen by begin with its address.
     *
     * @param url such as {@code https://audio.veza.example}; its origin is this platform's HTTP port, path {@code /live}
     * @param keyPairId of the key that signs cookies for it; without one it lets everybody through, and links guard what is private
     * @param privateKeyFile that key, PKCS#8 in PEM
     * @param cookieDomain that the API's name and the CDN's are both in
     */
    record Cdn(
            URI url,
            @Nullable String keyPairId,
            @Nullable Path privateKeyFile,
            @Nullable String cookieDomain) {

        Cdn {
            boolean signs = keyPairId != null;
            if (url == null || signs != (privateKeyFile != null) || signs != (cookieDomain != null)) {
                throw new IllegalArgumentException(
                        "veza.live.cdn needs url, and all of key-pair-id, private-key-file and cookie-domain or none");
            }
        }
    }

    LiveProperties {
        if (mostStreams < 1 || mostStreamsOfOnePerson < 1) {
            throw new IllegalArgumentException(
                    "veza.live.most-streams and most-streams-of-one-person are positive: leave out the role gateway for none");
        }
    }
}
