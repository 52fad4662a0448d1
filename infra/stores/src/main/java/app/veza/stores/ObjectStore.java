package app.veza.stores;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One bucket of an S3-compatible storage. */
public final class ObjectStore implements AutoCloseable {

    private final S3Client client;
    private final S3Presigner presigner;
    private final String bucket;

    private ObjectStore(S3Client client, S3Presigner presigner, String bucket) {
        this.client = client;
        this.presigner = presigner;
        this.bucket = bucket;
    }

    /** Connects at the first use, so it opens also while the storage is away. */
    public static ObjectStore open(ObjectStoreConfig config) {
        var credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(config.accessKey(), config.secretKey()));
        S3Client client = S3Client.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .credentialsProvider(credentials)
                // a bucket as a host name needs a wildcard certificate and DNS that self-hosted storages seldom have
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(10)))
                .build();
        S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
        return new ObjectStore(client, presigner, config.bucket());
    }

    /** @throws SdkException when the bucket cannot be reached, does not exist or is not ours */
    public void check() {
        client.headBucket(head -> head.bucket(bucket));
    }

    /** Durable when it returns. */
    public void put(String key, byte[] content) {
        client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** The same, with the type that whoever fetches it without us is told. */
    public void put(String key, byte[] content, String contentType) {
        client.putObject(put -> put.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(content));
    }

    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(
                    client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe());
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    /**
     * Some of what has this key, as it comes; to be closed.
     *
     * @param last byte, itself read too
     * @throws SdkException when it cannot be read or there is none
     */
    public InputStream read(String key, long first, long last) {
        return client.getObject(get -> get.bucket(bucket).key(key).range("bytes=%d-%d".formatted(first, last)));
    }

    /** Keys that begin with the prefix, all of them, however many pages they take. */
    public Stream<String> keys(String prefix) {
        return client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key);
    }

    /** Replaces what has this key; it is seen whole or not at all. @throws SdkException when it cannot be stored */
    public void put(String key, Path file) {
        client.putObject(put -> put.bucket(bucket).key(key), file);
    }

    /** The same, with the type that whoever fetches it without us is told. */
    public void put(String key, Path file, String contentType) {
        client.putObject(put -> put.bucket(bucket).key(key).contentType(contentType), file);
    }

    /** Writes what has this key into a file that does not exist yet. @throws SdkException when it cannot be read or there is none */
    public void get(String key, Path file) {
        client.getObject(get -> get.bucket(bucket).key(key), file);
    }

    /**
     * Replaces what has the key {@code to} by what has the key {@code from}, within the storage.
     *
     * @return false when there is nothing to copy
     * @throws SdkException when it cannot be copied
     */
    public boolean copy(String from, String to) {
        try {
            client.copyObject(copy -> copy.sourceBucket(bucket)
                    .sourceKey(from)
                    .destinationBucket(bucket)
                    .destinationKey(to));
            return true;
        } catch (NoSuchKeyException none) {
            return false;
        }
    }

    /** Nothing happens when there is none. @throws SdkException when it cannot be removed */
    public void delete(String key) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key));
    }

    /**
     * An address that takes one kind of PUT from whoever has it, without credentials: of this type and size. Nothing is asked of
     * the storage for it.
     *
     * @param size in bytes
     */
    public URI putUrl(String key, String contentType, long size, Duration life) {
        return URI.create(presigner
                .presignPutObject(presign -> presign.signatureDuration(life)
                        .putObjectRequest(put -> put.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .contentLength(size)))
                .url()
                .toString());
    }

    /**
     * An address that gives what has this key to whoever has it, without credentials. Nothing is asked of the storage for it.
     *
     * @param contentType that it is sent with
     */
    public URI getUrl(String key, String contentType, Duration life) {
        return URI.create(presigner
                .presignGetObject(presign -> presign.signatureDuration(life)
                        .getObjectRequest(get -> get.bucket(bucket).key(key).responseContentType(contentType)))
                .url()
                .toString());
    }

    /** How many bytes what has this key has; empty when there is none. @throws SdkException when the storage cannot tell */
    public OptionalLong size(String key) {
        try {
            return OptionalLong.of(
                    client.headObject(head -> head.bucket(bucket).key(key)).contentLength());
        } catch (NoSuchKeyException none) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
    }
}
