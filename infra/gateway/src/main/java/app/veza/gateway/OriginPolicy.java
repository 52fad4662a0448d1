package app.veza.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a socket. Only browsers send an Origin, and they cannot be made to lie about it; without one it
 * is no page. A page of the same host is at home whatever its port, since HTTP and the gateway have ports of their own.
 */
record OriginPolicy(Set<String> allowed) {

    boolean permits(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains("*") || allowed.contains(origin)) {
            return true;
        }
        String originHost = hostOf(origin);
        return originHost != null && host != null && originHost.equalsIgnoreCase(hostOf("//" + host));
    }

    private static @Nullable String hostOf(String uri) {
        try {
            return new URI(uri).getHost();
        } catch (URISyntaxException notAnOrigin) {
            return null;
        }
    }
}
