package app.veza.server.live;

import app.veza.audio.hls.Rendition;
import app.veza.audio.live.Answer;
import app.veza.audio.live.Delivery;
import app.veza.audio.live.LiveAudio;
import app.veza.audio.live.Recording;
import app.veza.audio.live.StoredStream;
import app.veza.server.ratelimit.MediaLimits;
import app.veza.server.streaming.Listeners;
import app.veza.server.streaming.PlaybackLinks;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What players fetch, {@code /live/{streamId}/...}, before all other filters: a thousand listeners ask thousands of times a second, and
 * what they ask for needs no token and no session. Runs on virtual threads, and waits on them.
 */
final class DeliveryFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(DeliveryFilter.class);

    private static final Pattern PATH = Pattern.compile("/live/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?:"
            + PlaybackLinks.SIGNED + "/([^/]{1,200})/)?([^?]{1,200})");

    private static final Set<String> PLAYLISTS = Stream.concat(
                    Stream.of(StoredStream.MASTER),
                    Rendition.ladder().stream().map(rendition -> rendition.name() + "/" + StoredStream.PLAYLIST))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> RETRIED = Set.of(429, 503);

    /** What a playlist's address may say, in the order in which players have to say it; all else asks for the same. */
    private static final List<String> DIRECTIVES = List.of("_HLS_msn", "_HLS_part", "_HLS_skip");

    private final transient LiveAudio audio;
    private final transient Delivery delivery;
    private final transient RecordingFile recordings;
    private final transient LiveOwners owners;
    private final transient OtherNodes nodes;
    private final transient NodeProof proof;
    private final transient PlaybackLinks links;
    private final transient Listeners listeners;
    private final transient StreamDoors doors;
    private final transient MediaLimits limits;
    private final transient Set<String> pages;

    /** @param pages origins whose pages fetch with the cookies of a CDN in front; none where it wants none */
    DeliveryFilter(
            LiveAudio audio,
            Delivery delivery,
            RecordingFile recordings,
            LiveOwners owners,
            OtherNodes nodes,
            NodeProof proof,
            PlaybackLinks links,
            Listeners listeners,
            StreamDoors doors,
            MediaLimits limits,
            Set<String> pages) {
        this.audio = audio;
        this.delivery = delivery;
        this.recordings = recordings;
        this.owners = owners;
        this.nodes = nodes;
        this.proof = proof;
        this.links = links;
        this.listeners = listeners;
        this.doors = doors;
        this.limits = limits;
        this.pages = pages;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        cross(request, response);
        String method = request.getMethod();
        boolean fromNode = proof.isIn(request);
        Duration wait = fromNode ? Duration.ZERO : limits.wait(request);
        if (wait.isPositive()) {
            response.setHeader("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
            write(
                    response,
                    Answer.refused(429, "too-many-requests", "Too much is fetched from this address: ask again later."),
                    !method.equals("HEAD"));
            return;
        }
        if (method.equals("OPTIONS")) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
            response.setHeader("Access-Control-Max-Age", "86400");
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD, OPTIONS");
            write(response, Answer.refused(405, "method-not-allowed", "What is listened to is fetched by GET."), true);
            return;
        }
        try {
            deliver(request, response, fromNode);
        } catch (SdkException away) {
            log.warn("What a player asked for cannot be read from the storage: {}", away.getMessage());
            write(response, Answer.refused(503, "unavailable", "The storage is away: ask again."), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            write(response, Answer.refused(503, "unavailable", "The node stops: ask again."), true);
        }
    }

    /** Players run in pages of any origin, and send nothing that would tell who they are; but browsers want it by name for a CDN's cookies. */
    private void cross(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean withCookies = origin != null && pages.contains(origin);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, withCookies ? origin : "*");
        if (withCookies) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        if (!pages.isEmpty()) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private void deliver(HttpServletRequest request, HttpServletResponse response, boolean fromNode)
            throws IOException, InterruptedException {
        boolean withBody = request.getMethod().equals("GET");
        Matcher path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            write(response, Answer.refused(404, "not-found", "There is no such thing here."), withBody);
            return;
        }
        String streamId = path.group(1);
        String pass = path.group(2);
        String file = path.group(3);
        Optional<Answer> refused = refusal(UUID.fromString(streamId), pass);
        if (refused.isPresent()) {
            write(response, refused.get(), withBody);
            return;
        }
        if (file.equals(Recording.FILE) && recordings.send(request, response, streamId, pass == null)) {
            return;
        }
        Answer answer = found(request, streamId, pass != null, file, fromNode);
        if (answer.status() == HttpServletResponse.SC_NOT_FOUND
                && PLAYLISTS.contains(file)
                && doors.isOnAir(UUID.fromString(streamId))) {
            // It begins, or goes on at another node: players give up at 404
            answer =
                    Answer.refused(503, "unavailable", "The stream is on the air and its audio on the way: ask again.");
        }
        write(response, pass == null ? answer : answer.forOneListener(), withBody);
    }

    /** A pass opens what is private; a public stream's is looked at too, so that none is believed to be good that is not. */
    private Optional<Answer> refusal(UUID streamId, @Nullable String pass) {
        if (pass != null) {
            Optional<PlaybackLinks.Pass> valid = links.verify(streamId, pass, Instant.now());
            if (valid.isPresent() && (doors.isOpen(streamId) || listeners.mayHear(valid.get()))) {
                listeners.heard(valid.get());
                return Optional.empty();
            }
            return Optional.of(Answer.refused(
                    403, "forbidden", "The link has expired or was never given: join the stream again."));
        }
        return doors.isOpen(streamId)
                ? Optional.empty()
                : Optional.of(
                        Answer.refused(404, "not-found", "There is no such stream, or it needs a link of one's own."));
    }

    private Answer found(HttpServletRequest request, String streamId, boolean signed, String file, boolean fromNode)
            throws InterruptedException {
        Map<String, String> query = query(request.getQueryString());
        if (!fromNode && audio.edge(streamId).isEmpty()) {
            Optional<URI> elsewhere = owners.elsewhere(streamId);
            if (elsewhere.isPresent()) {
                String directives = directives(query);
                String same = streamId + (signed ? "/" + PlaybackLinks.SIGNED + "/" : "/") + file + directives;
                Optional<Answer> answer = nodes.fetch(elsewhere.get(), request.getRequestURI() + directives, same);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
        return delivery.answer(streamId, file, query, signed && doors.isOpen(UUID.fromString(streamId)));
    }

    /** With the question mark; empty when there are none. */
    static String directives(Map<String, String> query) {
        return DIRECTIVES.stream()
                .filter(query::containsKey)
                .map(name -> name + "=" + URLEncoder.encode(query.get(name), StandardCharsets.UTF_8))
                .reduce((before, next) -> before + "&" + next)
                .map(all -> "?" + all)
                .orElse("");
    }

    static Map<String, String> query(@Nullable String query) {
        var parameters = new HashMap<String, String>();
        if (query != null) {
            for (String parameter : query.split("&", 20)) {
                int equals = parameter.indexOf('=');
                if (equals > 0) {
                    parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }

    static void write(HttpServletResponse response, Answer answer, boolean withBody) throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.setHeader("Cache-Control", answer.cacheControl());
        response.setContentLength(answer.body().length);
        if (RETRIED.contains(answer.status()) && !response.containsHeader("Retry-After")) {
            response.setHeader("Retry-After", "1");
        }
        if (withBody) {
            response.getOutputStream().write(answer.body());
        }
    }
}
