package app.veza.server.security;

import app.veza.server.node.NodeConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the web client's page may do: run and load what comes from here, talk to the API, the gateway and the object storage, and use the
 * microphone. Text that somebody wrote can never become a script, since none is run that is not a file of ours.
 */
final class PageRules {

    /** Addresses of the page and of what it loads. */
    static final List<String> PATTERNS = List.of("/", "/verify-email", "/reset-password", "/client/**");

    private static final List<String> UNUSED = List.of(
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "midi",
            "payment",
            "serial",
            "usb");

    private final String contentPolicy;

    /** @param others origins that it talks to besides */
    private PageRules(List<String> others) {
        String elsewhere = others.stream().map(origin -> " " + origin).collect(Collectors.joining());
        this.contentPolicy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' blob:",
                "media-src 'self' blob:" + elsewhere,
                "connect-src 'self'" + elsewhere,
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    /**
     * @param storage that signed links lead to
     * @param cdn that what is listened to comes from, if there is one
     */
    static PageRules of(NodeConfig node, URI storage, Optional<URI> cdn) {
        return new PageRules(Stream.concat(Stream.of(node.publicUrl(), node.gatewayUrl(), storage), cdn.stream())
                .map(PageRules::origin)
                .distinct()
                .toList());
    }

    static String origin(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }

    String contentPolicy() {
        return contentPolicy;
    }

    static String permissions() {
        return Stream.concat(Stream.of("microphone=(self)"), UNUSED.stream().map(feature -> feature + "=()"))
                .collect(Collectors.joining(", "));
    }
}
