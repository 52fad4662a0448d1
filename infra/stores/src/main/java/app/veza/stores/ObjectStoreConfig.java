package app.veza.stores;

import java.net.URI;
import java.util.Map;

/**
 * An S3-compatible storage.
 *
 * @param endpoint such as {@code http://127.0.0.1:9000}
 * @param region any name where the storage has none
 * @param bucket exists already
 */
public record ObjectStoreConfig(URI endpoint, String region, String bucket, String accessKey, String secretKey) {

    /**
     * Reads {@code veza.s3.{endpoint,region,bucket,access-key,secret-key}}.
     *
     * @throws IllegalArgumentException naming the property that is missing
     */
    public static ObjectStoreConfig from(Map<String, String> properties) {
        return new ObjectStoreConfig(
                URI.create(required(properties, "veza.s3.endpoint")),
                required(properties, "veza.s3.region"),
                required(properties, "veza.s3.bucket"),
                required(properties, "veza.s3.access-key"),
                required(properties, "veza.s3.secret-key"));
    }

    private static String required(Map<String, String> properties, String key) {
        String value = properties.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "ObjectStoreConfig[" + endpoint + ", " + bucket + "]";
    }
}
