package app.veza.server.gateway;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sockets' own port.
 *
 * @param address to listen on
 * @param port 0 for a free one
 * @param allowedOrigins pages of other hosts whose scripts may open sockets, such as {@code https://app.example}; {@code *} for any
 * @param mostReplayed events of a room that one who resumes is sent; who missed more reads its history page by page
 * @param mostConnectionsOfOnePerson at once, on each node; without limit where {@code veza.ratelimit.enabled=false}
 * @param drainTime over which connections are told to go when the node stops
 */
@ConfigurationProperties("veza.gateway")
record GatewaySettings(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("8081") int port,
        @DefaultValue Set<String> allowedOrigins,
        @DefaultValue("10000") int mostReplayed,
        @DefaultValue("50") int mostConnectionsOfOnePerson,
        @DefaultValue("4s") Duration drainTime) {}
