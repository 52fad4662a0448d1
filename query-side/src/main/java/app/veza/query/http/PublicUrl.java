package app.veza.query.http;

import java.net.URI;
import org.springframework.web.util.UriComponentsBuilder;

/** What clients call this platform by: URLs in answers are absolute and begin with it. */
public record PublicUrl(URI base) {

    public URI below(String... segments) {
        return UriComponentsBuilder.fromUri(base).pathSegment(segments).build().toUri();
    }
}
