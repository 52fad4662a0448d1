package app.veza.server.live;

import app.veza.audio.live.Answer;
import app.veza.server.PinnedCertificate;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what players ask for from the node that has a stream's live edge. However many ask for the same thing at one time, it is
 * fetched once; what never changes is kept for a while.
 */
final class OtherNodes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OtherNodes.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration TOLD_AGAIN = Duration.ofSeconds(10);
    private static final long KEPT_BYTES = 32L << 20;
    private static final String NEVER_CHANGES = "immutable";
    /** Players of a live stream ask for the same within seconds; what is deleted is not to stay. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** What is refused to one is not refused to all: each has a link and an address of their own. */
    private static final Set<Integer> REFUSED_TO_ONE = Set.of(403, 429);

    private final NodeProof proof;
    private final HttpClient http;
    private final ConcurrentHashMap<String, CompletableFuture<Optional<Answer>>> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Answer> kept = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .expireAfterWrite(KEPT)
            .weigher((String path, Answer answer) -> answer.body().length + 200)
            .build();

    /** Told once in a while: every player asks again at once. */
    private final Cache<URI, Boolean> silent =
            Caffeine.newBuilder().expireAfterWrite(TOLD_AGAIN).build();

    /** @param certificate that nodes present, where they speak TLS */
    OtherNodes(NodeProof proof, @Nullable Path certificate) {
        this.proof = proof;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2));
        this.http =
                (certificate == null ? builder : builder.sslContext(PinnedCertificate.context(certificate))).build();
    }

    /**
     * @param path and query, as the player asked
     * @param same what requests for the same thing have in common
     * @return empty when the node cannot be reached
     */
    Optional<Answer> fetch(URI node, String path, String same) {
        Answer before = kept.getIfPresent(same);
        if (before != null) {
            return Optional.of(before);
        }
        var mine = new CompletableFuture<Optional<Answer>>();
        var first = underWay.putIfAbsent(same, mine);
        if (first != null) {
            Optional<Answer> shared = first.join();
            return shared.filter(answer -> REFUSED_TO_ONE.contains(answer.status()))
                            .isPresent()
                    ? ask(node, path)
                    : shared;
        }
        try {
            mine.complete(ask(node, path));
        } finally {
            underWay.remove(same, mine);
            mine.complete(Optional.empty());
        }
        Optional<Answer> answer = mine.join();
        answer.filter(found -> found.status() == 200 && found.cacheControl().contains(NEVER_CHANGES))
                .ifPresent(found -> kept.put(same, found));
        return answer;
    }

    private Optional<Answer> ask(URI node, String path) {
        try {
            URI target = node.resolve(path);
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(target)
                            .timeout(LONGEST)
                            .header(NodeProof.HEADER, proof.of(target))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return Optional.of(new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                    response.headers().firstValue("Cache-Control").orElse("no-store"),
                    response.body()));
        } catch (IOException | CompletionException unreachable) {
            if (silent.asMap().putIfAbsent(node, true) == null) {
                log.warn("Node {} does not answer for live streams: {}", node.getAuthority(), unreachable.toString());
            }
            return Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            log.debug("Nothing can be asked for by this path", noAddress);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
