package app.veza.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** Answers as Netty writes them, and the problems that an edge itself has to tell. */
final class HttpResponses {
    private HttpResponses() {}

    static FullHttpResponse of(HttpAnswer answer, boolean close) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        if (close) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    static FullHttpResponse switchingProtocols(HttpRequest request) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, Upgrade.accept(request));
        return response;
    }

    static HttpAnswer upgradeRequired(@Nullable String detail) {
        return HttpAnswer.problem(Problem.of(426, "upgrade-required", "Upgrade required", detail))
                .with("upgrade", "websocket")
                .with("sec-websocket-version", Upgrade.VERSION);
    }

    static HttpAnswer methodNotAllowed() {
        return HttpAnswer.problem(Problem.of(405, "method-not-allowed", "Method not allowed", null))
                .with("allow", "GET, HEAD, OPTIONS");
    }

    static HttpAnswer unavailable() {
        return HttpAnswer.problem(Problem.unavailable("Connect again, elsewhere"));
    }

    static Problem notFound() {
        return Problem.of(404, "not-found", "Not found", null);
    }

    static Problem unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException tooLong ->
                Problem.of(414, "too-large", "Too large", "The target is too long");
            case TooLongHttpHeaderException tooLong -> Problem.of(431, "too-large", "Too large", "Too many headers");
            case null, default -> Problem.malformed("This is not HTTP");
        };
    }
}
