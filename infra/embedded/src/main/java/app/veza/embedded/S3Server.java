package app.veza.embedded;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3 over a folder, on the loopback address, in this process. Signatures (version 4) are checked. Pages of any origin may use signed links:
 * the signature is what allows it, no cookie is.
 */
public final class S3Server implements AutoCloseable {

    private static final String REGION = "us-east-1";

    private final ServerDirectory directory;
    private final int port;
    private final String bucket;
    private final String accessKey;
    private final String secretKey;
    private S3Proxy proxy;

    private S3Server(ServerDirectory directory, int port, String bucket, RememberedProperties secrets) {
        this.directory = directory;
        this.port = port;
        this.bucket = bucket;
        this.accessKey = secrets.get("access-key", Secrets::generate);
        this.secretKey = secrets.get("secret-key", Secrets::generate);
        this.proxy = listen();
    }

    public static S3Server start(S3ServerOptions options) {
        var directory = ServerDirectory.of(options.directory(), "s3");
        var secrets = RememberedProperties.in(directory.resolve("secrets.properties"));
        return new S3Server(directory, Ports.orFree(options.port()), options.bucket(), secrets);
    }

    private S3Proxy listen() {
        var objects = PrivateFiles.directory(directory.resolve("objects"));
        var store = new FilesystemNio2BlobStore(objects.toString());
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
        S3Proxy started = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create(endpoint()))
                .corsRules(new CrossOriginResourceSharing(
                        List.of("*"), List.of("GET", "HEAD", "PUT"), List.of("*"), List.of("ETag"), ""))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                // Idle connections that clients keep open would make it wait, and then fail
                .stopTimeout(0)
                .build();
        try {
            started.start();
        } catch (Exception e) { // as S3Proxy declares it
            throw new EmbeddedPlatformException(
                    "S3 storage cannot listen on port %d (%s).".formatted(port, e.getMessage()), e);
        }
        return started;
    }

    public String endpoint() {
        return "http://" + Ports.HOST + ":" + port;
    }

    public String region() {
        return REGION;
    }

    public String bucket() {
        return bucket;
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    public int port() {
        return port;
    }

    public Map<String, String> properties() {
        return Map.of(
                "veza.s3.endpoint", endpoint(),
                "veza.s3.region", REGION,
                "veza.s3.bucket", bucket,
                "veza.s3.access-key", accessKey,
                "veza.s3.secret-key", secretKey);
    }

    public void restart() {
        stop();
        proxy = listen();
    }

    private void stop() {
        try {
            proxy.stop();
        } catch (Exception e) { // as S3Proxy declares it
            throw new EmbeddedPlatformException("S3 storage cannot be stopped (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public void close() {
        stop();
        directory.deleteIfTemporary();
    }
}
