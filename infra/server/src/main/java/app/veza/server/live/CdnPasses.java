package app.veza.server.live;

import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Whoever joins a stream gets the CDN's cookies for it along with the link. */
@RestControllerAdvice
@ConditionalOnRole(Role.GATEWAY)
@ConditionalOnProperty("veza.live.cdn.key-pair-id")
final class CdnPasses implements ResponseBodyAdvice<Object> {

    private static final Pattern JOINED = Pattern.compile("/api/streams/([0-9a-f-]{36})/listeners/me");

    private final CloudFrontCookies cookies;
    private final Duration life;

    /** @param life that links have too */
    CdnPasses(LiveProperties properties, @Value("${veza.streaming.link-life:6h}") Duration life) {
        LiveProperties.Cdn cdn = Objects.requireNonNull(properties.cdn());
        this.cookies = new CloudFrontCookies(
                cdn.url(),
                Objects.requireNonNull(cdn.keyPairId()),
                CloudFrontCookies.read(Objects.requireNonNull(cdn.privateKeyFile())),
                Objects.requireNonNull(cdn.cookieDomain()));
        this.life = life;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return method.hasMethodAnnotation(PostMapping.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Matcher joined = JOINED.matcher(request.getURI().getPath());
        if (joined.matches() && request.getMethod().name().equals("POST")) {
            cookies.forStream(UUID.fromString(joined.group(1)), Instant.now().plus(life))
                    .forEach(cookie -> response.getHeaders().add(HttpHeaders.SET_COOKIE, cookie));
        }
        return body;
    }
}
