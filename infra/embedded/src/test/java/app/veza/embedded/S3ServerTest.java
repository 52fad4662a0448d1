package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServerTest {

    private static final S3Configuration PATH_STYLE =
            S3Configuration.builder().pathStyleAccessEnabled(true).build();

    @Test
    void keepsObjectsOverRestartAndClose(@TempDir Path directory) {
        var options = S3ServerOptions.in(directory);
        try (var server = S3Server.start(options);
                var client = client(server, server.secretKey())) {
            client.putObject(
                    b -> b.bucket(server.bucket()).key("a/one.txt").contentType("text/plain"),
                    RequestBody.fromString("hello"));
            server.restart();
            assertThat(text(client, server)).isEqualTo("hello");
        }
        try (var again = S3Server.start(options);
                var client = client(again, again.secretKey())) {
            assertThat(text(client, again)).isEqualTo("hello");
            assertThat(client.headObject(b -> b.bucket(again.bucket()).key("a/one.txt"))
                            .contentType())
                    .isEqualTo("text/plain");
            assertThat(client.listObjectsV2(b -> b.bucket(again.bucket()).prefix("a/"))
                            .contents())
                    .extracting(S3Object::key)
                    .containsExactly("a/one.txt");
        }
    }

    @Test
    void aPresignedAddressIsReadWithoutKeysAndOnlyAsSigned() throws Exception {
        try (var server = S3Server.start(S3ServerOptions.temporary());
                var client = client(server, server.secretKey());
                var http = HttpClient.newHttpClient()) {
            client.putObject(b -> b.bucket(server.bucket()).key("one.txt"), RequestBody.fromString("hello"));
            URI signed = presign(server);
            assertThat(get(http, signed).body()).isEqualTo("hello");
            assertThat(get(http, URI.create(signed.toString().replace("one.txt", "two.txt")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(get(http, URI.create(server.endpoint() + "/" + server.bucket() + "/one.txt"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aWrongKeyIsRefused() {
        try (var server = S3Server.start(S3ServerOptions.temporary());
                var client = client(server, "wrong")) {
            assertThatThrownBy(() -> client.listObjectsV2(b -> b.bucket(server.bucket())))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String text(S3Client client, S3Server server) {
        return client.getObjectAsBytes(b -> b.bucket(server.bucket()).key("a/one.txt"))
                .asUtf8String();
    }

    private static StaticCredentialsProvider keys(S3Server server, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), secret));
    }

    private static S3Client client(S3Server server, String secret) {
        return S3Client.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.of(server.region()))
                .credentialsProvider(keys(server, secret))
                .serviceConfiguration(PATH_STYLE)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static URI presign(S3Server server) {
        try (var presigner = S3Presigner.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.of(server.region()))
                .credentialsProvider(keys(server, server.secretKey()))
                .serviceConfiguration(PATH_STYLE)
                .build()) {
            return URI.create(presigner
                    .presignGetObject(b -> b.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket(server.bucket()).key("one.txt")))
                    .url()
                    .toString());
        }
    }
}
