package app.veza.server.node;

import app.veza.eventstore.personal.ErasureRegister;
import app.veza.stores.ObjectStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The register of erasures as objects {@code erasures/<log>/<person>}, whose content says since when. */
public final class StoredErasures implements ErasureRegister {

    private final ObjectStore objects;
    private final String prefix;

    /** @param log name of the log's stream: platforms may share a bucket */
    public StoredErasures(ObjectStore objects, String log) {
        this.objects = objects;
        this.prefix = "erasures/" + URLEncoder.encode(log, StandardCharsets.UTF_8) + "/";
    }

    /** When the erasure of a subject was recorded; empty when none was. */
    public Optional<Instant> since(String subject) {
        return objects.get(key(subject)).map(at -> Instant.parse(new String(at, StandardCharsets.UTF_8)));
    }

    private String key(String subject) {
        return prefix + URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }

    @Override
    public void record(String subject, Instant at) {
        String key = key(subject);
        if (objects.get(key).isEmpty()) {
            objects.put(key, at.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Set<String> all() {
        return objects.keys(prefix)
                .map(key -> URLDecoder.decode(key.substring(prefix.length()), StandardCharsets.UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }
}
