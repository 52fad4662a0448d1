package app.veza.stores;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** One bucket of an S3-compatible storage. */
public final class ObjectStore implements AutoCloseable {

    private final S3Client client;
    private final String bucket;

    private ObjectStore(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Connects at the first use, so it opens also while the storage is away. */
    public static ObjectStore open(ObjectStoreConfig config) {
        S3Client client = S3Client.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(config.accessKey(), config.secretKey())))
                // a bucket as a host name needs a wildcard certificate and DNS that self-hosted storages seldom have
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(10)))
                .build();
        return new ObjectStore(client, config.bucket());
    }

    /** @throws SdkException when the bucket cannot be reached, does not exist or is not ours */
    public void check() {
        client.headBucket(head -> head.bucket(bucket));
    }

    @Override
    public void close() {
        client.close();
    }
}
