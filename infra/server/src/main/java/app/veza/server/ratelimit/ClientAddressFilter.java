package app.veza.server.ratelimit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Before everything else, so that all of it sees the client's address and none the proxy's. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ClientAddressFilter extends OncePerRequestFilter {

    private final ClientAddresses addresses;

    ClientAddressFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String peer = request.getRemoteAddr();
        String client = addresses.of(peer, Collections.list(request.getHeaders(addresses.headerName())));
        chain.doFilter(client.equals(peer) ? request : new Forwarded(request, client), response);
    }

    private static final class Forwarded extends HttpServletRequestWrapper {

        private final String client;

        Forwarded(HttpServletRequest request, String client) {
            super(request);
            this.client = client;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }
    }
}
