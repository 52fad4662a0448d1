package app.veza.stores;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to where people say: to the addresses alone that {@link WebhookTargets} found good, the host's name kept for TLS and for whoever
 * answers. Nothing of what is answered is followed, believed or kept but its status.
 */
public final class WebhookSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /** Of a connection that was good a moment ago: what its name says by now is asked soon. */
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(1);

    private static final TimeValue IDLE = TimeValue.ofSeconds(15);
    private static final TimeValue LOOK_BEFORE_USE = TimeValue.ofMilliseconds(500);
    private static final ContentType JSON = ContentType.create("application/json");
    private static final int MOST_READ = 64 * 1024;

    private final CloseableHttpClient client;
    private final Duration longest;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-clock").daemon().factory());

    /** Why there is no answer. */
    public enum Failure {
        /** Its name is not known, or it may not be sent to. */
        ADDRESS,
        /** It could not be connected to, or broke off. */
        CONNECTION,
        /** It proved to be nobody, or somebody else. */
        TLS,
        TIMEOUT
    }

    /**
     * What came back: one of the two.
     *
     * @param status of HTTP
     */
    public record Answer(@Nullable Integer status, @Nullable Failure failure) {}

    /**
     * @param tls whom it trusts
     * @param longest time of one post, all in all
     * @param atOnce posts
     */
    public WebhookSender(WebhookTargets targets, SSLContext tls, Duration longest, int atOnce) {
        this.longest = longest;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(targets))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(CONNECT).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(Timeout.of(longest))
                                .setTimeToLive(CONNECTION_LIFE)
                                .setValidateAfterInactivity(LOOK_BEFORE_USE)
                                .build())
                        .setMaxConnTotal(atOnce)
                        .setMaxConnPerRoute(atOnce)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setConnectionKeepAlive(IDLE)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Veza-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(IDLE)
                .build();
    }

    /** @param url without faults once; looked at anew */
    public Answer post(URI url, Map<String, String> headers, byte[] body) {
        var request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, JSON));
        Integer status = null;
        long end = System.nanoTime() + longest.toNanos();
        Future<?> alarm = clock.schedule(request::cancel, longest.toNanos(), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            status = response.getCode();
            drop(response.getEntity(), request);
        } catch (IOException | HttpException failed) {
            if (status == null) {
                return new Answer(null, System.nanoTime() - end >= 0 ? Failure.TIMEOUT : failure(failed));
            }
            log.debug("An answer broke off behind its status", failed);
        } catch (BoundedNames.Busy full) {
            return new Answer(null, Failure.TIMEOUT);
        } finally {
            alarm.cancel(false);
        }
        return new Answer(status, null);
    }

    /** To its end, so that the connection can be used again, unless that is far: the connection is closed then, or all would be read. */
    private static void drop(@Nullable HttpEntity entity, HttpPost request) throws IOException {
        if (entity != null && entity.getContent().readNBytes(MOST_READ + 1).length > MOST_READ) {
            request.cancel();
        }
    }

    private static Failure failure(Exception failed) {
        return switch (failed) {
            case UnknownHostException address -> Failure.ADDRESS;
            case SSLException tls -> Failure.TLS;
            case InterruptedIOException timeout -> Failure.TIMEOUT;
            default -> Failure.CONNECTION;
        };
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        client.close();
    }

    private record Checked(WebhookTargets targets) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return targets.addresses(host).toArray(InetAddress[]::new);
        }

        /** It is asked for by none of the authentication schemes that there are: there is none. */
        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
