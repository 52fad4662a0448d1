package app.veza.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** TCP ports of the loopback address. */
final class Ports {

    static final String HOST = "127.0.0.1";

    private static final int USUAL_EPHEMERAL_FLOOR = 32768;
    private static final int LOWEST = 10000;
    private static final int CEILING = Math.max(LOWEST + 1000, ephemeralFloor());
    /** Servers that start at the same time must not choose the same port before either listens. */
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A free port that the kernel gives to no outgoing connection. One of those could take it while the server is away, and a
     * client that reconnects to it in a loop would sooner or later be connected to itself (TCP simultaneous open).
     */
    static int free() {
        int above = LOWEST + ThreadLocalRandom.current().nextInt(CEILING - LOWEST);
        return IntStream.concat(IntStream.range(above, CEILING), IntStream.range(LOWEST, above))
                .filter(port -> !HANDED_OUT.contains(port) && isFree(port) && HANDED_OUT.add(port))
                .findFirst()
                .orElseThrow(() -> new EmbeddedPlatformException("No free port is left on " + HOST + " between "
                        + LOWEST + " and " + CEILING + ": stop some servers."));
    }

    private static int ephemeralFloor() {
        try {
            String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
            return Integer.parseInt(range.strip().split("\\s+")[0]);
        } catch (IOException | NumberFormatException unknown) {
            return USUAL_EPHEMERAL_FLOOR;
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Connections of an earlier server linger in TIME_WAIT; they keep no server from listening again
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The port itself, or a free one for 0. */
    static int orFree(int port) {
        return port == 0 ? free() : port;
    }
}
