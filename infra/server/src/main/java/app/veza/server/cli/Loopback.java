package app.veza.server.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the only address that the platform listens on. */
final class Loopback {

    static final String HOST = "127.0.0.1";

    private Loopback() {}

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // connections of an earlier run linger in TIME_WAIT and keep nobody from listening
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
