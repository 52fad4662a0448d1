package app.veza.server.erasure;

import app.veza.stores.ObjectStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The last purge, as an object that every node reads. */
final class StoredPurges {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectStore objects;
    private final String key;

    /** @param log name of the log's stream: platforms may share a bucket */
    StoredPurges(ObjectStore objects, String log) {
        this.objects = objects;
        this.key = "purges/" + URLEncoder.encode(log, StandardCharsets.UTF_8) + ".json";
    }

    /** Of this log; one that was restored has positions of its own. */
    Optional<Purged> last(String logId) {
        return objects.get(key)
                .map(json -> JSON.readValue(json, Purged.class))
                .filter(purged -> purged.logId().equals(logId));
    }

    void put(Purged purged) {
        objects.put(key, JSON.writeValueAsBytes(purged));
    }
}
