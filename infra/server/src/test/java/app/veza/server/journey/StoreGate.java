package app.veza.server.journey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to a store. While it is shut the store is away: who is on the way is thrown off, and nobody gets in. */
final class StoreGate implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreGate.class);

    private final URI store;
    private final ServerSocket door;
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    /** @param store its address, of which host and port matter */
    StoreGate(String store) throws IOException {
        this.store = URI.create(store);
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::admit);
    }

    /** In place of the store's own address. */
    String address() {
        return store.toString().replace(store.getHost() + ":" + store.getPort(), "127.0.0.1:" + door.getLocalPort());
    }

    void shut() throws IOException {
        shut = true;
        for (Socket socket : passing) {
            socket.close();
        }
    }

    void open() {
        shut = false;
    }

    private void admit() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                passing.add(client);
                Socket server = new Socket(store.getHost(), store.getPort());
                passing.add(server);
                if (shut) {
                    end(client, server);
                } else {
                    Thread.ofVirtual().start(() -> carry(client, server));
                    Thread.ofVirtual().start(() -> carry(server, client));
                }
            } catch (IOException closed) {
                log.debug("Nobody gets in: {}", closed.toString());
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            end(from, to);
        } catch (IOException thrownOff) {
            log.debug("Thrown off the way: {}", thrownOff.toString());
        }
    }

    private void end(Socket one, Socket other) throws IOException {
        passing.remove(one);
        passing.remove(other);
        one.close();
        other.close();
    }

    @Override
    public void close() throws IOException {
        shut();
        door.close();
    }
}
