package app.veza.server.cli;

import app.veza.server.PinnedCertificate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Where one node listens.
 *
 * @param number from 1
 * @param httpPort of the API
 * @param gatewayPort of the sockets
 * @param certificate file of what it presents; null: it speaks no TLS
 */
record NodeAddress(
        int number, int httpPort, int gatewayPort, @Nullable String certificate) {

    /** Nodes take two ports each, upwards from {@code firstPort}. */
    static NodeAddress of(int number, int firstPort) {
        return of(number, firstPort, null);
    }

    static NodeAddress of(int number, int firstPort, @Nullable TlsFiles tls) {
        int httpPort = firstPort + 2 * (number - 1);
        return new NodeAddress(
                number,
                httpPort,
                httpPort + 1,
                tls == null ? null : tls.certificate().toString());
    }

    String name() {
        return "node-" + number;
    }

    String http() {
        return "%s://%s:%d".formatted(certificate == null ? "http" : "https", Loopback.HOST, httpPort);
    }

    String gateway() {
        return "%s://%s:%d".formatted(certificate == null ? "ws" : "wss", Loopback.HOST, gatewayPort);
    }

    String ws() {
        return gateway() + "/ws";
    }

    /** A request to the API that is yet to be sent. */
    HttpURLConnection open(String path) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(http() + path).toURL().openConnection();
        if (certificate != null && request instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(
                    PinnedCertificate.context(Path.of(certificate)).getSocketFactory());
            https.setHostnameVerifier((name, session) -> true);
        }
        return request;
    }
}
