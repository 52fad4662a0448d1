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

/** The way to the storage. While it is shut the storage is away: who is on the way is thrown off, and nobody gets in. */
final class StorageGate implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StorageGate.class);

    private final URI storage;
    private final ServerSocket door;
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    StorageGate(String storage) throws IOException {
        this.storage = URI.create(storage);
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::admit);
    }

    /** In place of the storage's own. */
    String endpoint() {
        return "http://127.0.0.1:" + door.getLocalPort();
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
                Socket server = new Socket(storage.getHost(), storage.getPort());
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
