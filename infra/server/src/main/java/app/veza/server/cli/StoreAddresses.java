package app.veza.server.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns the stores' properties into what other tools take: one complete connection string a store, and its parts. */
final class StoreAddresses {

    private StoreAddresses() {}

    static Map<String, Map<String, String>> of(Map<String, String> properties) {
        Map<String, Map<String, String>> stores = new LinkedHashMap<>();
        stores.put("postgresPrimary", postgres(properties, "primary"));
        stores.put("postgresReplica", postgres(properties, "replica"));
        stores.put("postgresAnalytics", postgres(properties, "analytics"));
        analyst(properties).ifPresent(analyst -> stores.put("postgresAnalyst", analyst));
        stores.put("redis", Map.of("url", value(properties, "veza.redis.url")));
        stores.put("nats", Map.of("url", value(properties, "veza.nats.url")));
        stores.put("s3", s3(properties));
        stores.put("mail", mail(properties));
        return stores;
    }

    private static Map<String, String> postgres(Map<String, String> properties, String server) {
        String prefix = "veza.postgres." + server;
        return postgres(properties, value(properties, prefix + ".url"), prefix);
    }

    /** The analytics database for those who may only read its views; there where such a role is set up. */
    private static Optional<Map<String, String>> analyst(Map<String, String> properties) {
        String prefix = "veza.postgres.analyst";
        return value(properties, prefix + ".username").isEmpty()
                ? Optional.empty()
                : Optional.of(postgres(properties, value(properties, "veza.postgres.analytics.url"), prefix));
    }

    /** {@code url} as psql takes it, {@code jdbcUrl} as the nodes do. */
    private static Map<String, String> postgres(Map<String, String> properties, String jdbc, String prefix) {
        String username = value(properties, prefix + ".username");
        String password = value(properties, prefix + ".password");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("url", withCredentials(jdbc.replaceFirst("^jdbc:", ""), username, password));
        parts.put("jdbcUrl", jdbc);
        parts.put("username", username);
        parts.put("password", password);
        return parts;
    }

    private static Map<String, String> s3(Map<String, String> properties) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("url", value(properties, "veza.s3.endpoint") + "/" + value(properties, "veza.s3.bucket"));
        parts.put("endpoint", value(properties, "veza.s3.endpoint"));
        parts.put("region", value(properties, "veza.s3.region"));
        parts.put("bucket", value(properties, "veza.s3.bucket"));
        parts.put("accessKey", value(properties, "veza.s3.access-key"));
        parts.put("secretKey", value(properties, "veza.s3.secret-key"));
        return parts;
    }

    private static Map<String, String> mail(Map<String, String> properties) {
        String host = value(properties, "veza.mail.host");
        String port = value(properties, "veza.mail.port");
        String username = value(properties, "veza.mail.username");
        String password = value(properties, "veza.mail.password");
        String server = "smtp://" + host + ":" + port;
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("url", username.isEmpty() ? server : withCredentials(server, username, password));
        parts.put("host", host);
        parts.put("port", port);
        parts.put("username", username);
        parts.put("password", password);
        return parts;
    }

    private static String withCredentials(String url, String username, String password) {
        return url.replaceFirst("://", "://" + encoded(username) + ":" + encoded(password) + "@");
    }

    /** Percent-encoding as URIs have it, where a space is not a plus. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String value(Map<String, String> properties, String key) {
        return properties.getOrDefault(key, "");
    }

    /** The connection string, or several with commas between them, without a password. */
    static String masked(String url) {
        return url.replaceAll("://([^:/@,]*):[^@]*@", "://$1@").replace("://@", "://");
    }
}
