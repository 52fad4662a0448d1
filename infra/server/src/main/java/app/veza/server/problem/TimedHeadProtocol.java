package app.veza.server.problem;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 whose heads have a time by which they must have come, however they drip: the container's own limit is between two bytes, and a
 * head of 16 KB could hold its connection for a day. Tomcat makes it by this class's name.
 */
public final class TimedHeadProtocol extends Http11NioProtocol {

    private volatile long limitNanos = Long.MAX_VALUE;

    public TimedHeadProtocol() {
        getEndpoint().setHandler(new TimedHeads(getEndpoint().getHandler()));
    }

    void setHeadTime(Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** What Tomcat does with a socket, which it does under that socket's lock. */
    private final class TimedHeads implements Handler<NioChannel> {

        private final Handler<NioChannel> http;
        /** Since when there is a part of a head only, by the clock of this process, ns. */
        private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

        TimedHeads(Handler<NioChannel> http) {
            this.http = http;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            Long since = begun.get(socket);
            if (since != null && System.nanoTime() - since > limitNanos) {
                return SocketState.CLOSED;
            }
            long now = System.nanoTime();
            SocketState state = http.process(socket, event);
            if (state == SocketState.LONG && isInHead(socket)) {
                begun.putIfAbsent(socket, now);
            } else {
                begun.remove(socket);
            }
            return state;
        }

        /** A socket goes on in the middle of something when its head is not complete, or its request is answered later. */
        private static boolean isInHead(SocketWrapperBase<NioChannel> socket) {
            return socket.getCurrentProcessor() instanceof Processor processor
                    && !processor.isAsync()
                    && !processor.isUpgrade();
        }

        @Override
        public Object getGlobal() {
            return http.getGlobal();
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            begun.remove(socket);
            http.release(socket);
        }

        @Override
        public void pause() {
            http.pause();
        }

        @Override
        public void recycle() {
            http.recycle();
        }
    }
}
