package app.veza.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request's target and headers as this module's own types have them. */
record RequestTarget(
        String path, Map<String, List<String>> query, Map<String, List<String>> headers, String remoteAddress) {

    /** Parameters beyond are not decoded: a query is no place to make the server build tables. */
    private static final int MAX_PARAMETERS = 64;

    /** @throws IllegalArgumentException when the target is not well-formed */
    static RequestTarget of(HttpRequest request, Channel channel) {
        QueryStringDecoder target =
                new QueryStringDecoder(request.uri(), java.nio.charset.StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        return new RequestTarget(target.path(), target.parameters(), headers(request.headers()), remote(channel));
    }

    Handshake handshake(Map<String, String> pathVariables) {
        return new Handshake(path, pathVariables, query, headers, remoteAddress);
    }

    HttpCall call(String method, Map<String, String> pathVariables) {
        return new HttpCall(method, path, pathVariables, query, headers, remoteAddress);
    }

    private static Map<String, List<String>> headers(HttpHeaders headers) {
        Map<String, List<String>> byName = new HashMap<>();
        headers.forEach(
                header -> byName.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                        .add(header.getValue()));
        return byName;
    }

    private static String remote(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : String.valueOf(channel.remoteAddress());
    }
}
