package app.veza.embedded;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into a NATS cluster, once for each call; what cannot be learnt now is absent. */
final class NatsClusterProbe {

    private static final Duration ANSWER_TIME = Duration.ofSeconds(1);
    private static final String STREAM = "VEZA_CLUSTER_PROBE";

    private NatsClusterProbe() {}

    /** Makes a stream of so many replicas and deletes it again: what nothing less proves is that the next one can be made too. */
    static boolean takesReplicas(NatsServer server, int replicas) {
        return ask(server.url(), connection -> {
                    var streams = connection.jetStreamManagement();
                    streams.addStream(StreamConfiguration.builder()
                            .name(STREAM)
                            .subjects("veza.cluster.probe")
                            .storageType(StorageType.Memory)
                            .replicas(replicas)
                            .build());
                    return streams.deleteStream(STREAM);
                })
                .orElse(false);
    }

    /** Whether its JetStream takes part in the cluster and its copies of all streams are current. */
    static boolean isCurrent(NatsServer server) {
        return system(server, "HEALTHZ")
                .map(health -> "ok".equals(text(health, "status")))
                .orElse(false);
    }

    /** Name of the server that leads the cluster, as this one knows it. */
    static Optional<String> metaLeader(NatsServer server) {
        return system(server, "JSZ")
                .map(state -> state.map.get("meta_cluster"))
                .map(meta -> text(meta, "leader"))
                .filter(name -> !name.isEmpty());
    }

    /** Name of the server that leads the stream, as this one is told. */
    static Optional<String> leader(NatsServer server, String stream) {
        return ask(server.url(), connection -> {
                    ClusterInfo cluster = connection
                            .jetStreamManagement()
                            .getStreamInfo(stream)
                            .getClusterInfo();
                    return cluster == null ? null : cluster.getLeader();
                })
                .filter(name -> !name.isEmpty());
    }

    private static Optional<JsonValue> system(NatsServer server, String what) {
        return ask(server.systemUrl(), connection -> {
            String subject = "$SYS.REQ.SERVER." + connection.getServerInfo().getServerId() + "." + what;
            Message answer = connection.request(subject, new byte[0], ANSWER_TIME);
            return answer == null || answer.isStatusMessage()
                    ? null
                    : JsonParser.parse(answer.getData()).map.get("data");
        });
    }

    private static String text(JsonValue object, String field) {
        JsonValue value = object.map == null ? null : object.map.get(field);
        return value == null || value.string == null ? "" : value.string;
    }

    private interface Question<T> {
        @Nullable
        T ask(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
    }

    private static <T> Optional<T> ask(String url, Question<T> question) {
        var options = Options.builder()
                .server(url)
                .noReconnect()
                .connectionTimeout(ANSWER_TIME)
                // What fails is asked again; the client would write it to standard error
                .errorListener(new ErrorListener() {})
                .build();
        try (Connection connection = Nats.connect(options)) {
            return Optional.ofNullable(question.ask(connection));
        } catch (IOException | JetStreamApiException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while looking into the NATS cluster.", e);
        }
    }
}
