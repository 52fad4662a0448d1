package app.veza.server.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A body has a time by which it must have come, however it drips: the container's own limit is between two bytes. One that is
 * late is read like one that stopped.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestTimeFilter extends OncePerRequestFilter {

    private final long limitNanos;

    RequestTimeFilter(@Value("${veza.http.request-time}") Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Over HTTP/2 one that tells no length has a body or has none: nothing in its head says which
        boolean mayHaveBody = request.getContentLengthLong() != 0;
        chain.doFilter(mayHaveBody ? new Timed(request, System.nanoTime() + limitNanos) : request, response);
    }

    private static final class Timed extends HttpServletRequestWrapper {

        private final long deadline;

        Timed(HttpServletRequest request, long deadline) {
            super(request);
            this.deadline = deadline;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new TimedStream(super.getInputStream(), deadline);
        }
    }

    private static final class TimedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long deadline;

        TimedStream(ServletInputStream body, long deadline) {
            this.body = body;
            this.deadline = deadline;
        }

        private void requireTime() throws SocketTimeoutException {
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("The body did not come in time");
            }
        }

        @Override
        public int read() throws IOException {
            requireTime();
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            requireTime();
            return body.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
