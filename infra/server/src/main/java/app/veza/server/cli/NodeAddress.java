package app.veza.server.cli;

/**
 * Where one node listens.
 *
 * @param number from 1
 * @param httpPort of the API
 * @param gatewayPort of the sockets
 */
record NodeAddress(int number, int httpPort, int gatewayPort) {

    /** Nodes take two ports each, upwards from {@code firstPort}. */
    static NodeAddress of(int number, int firstPort) {
        int httpPort = firstPort + 2 * (number - 1);
        return new NodeAddress(number, httpPort, httpPort + 1);
    }

    String name() {
        return "node-" + number;
    }

    String http() {
        return "http://" + Loopback.HOST + ":" + httpPort;
    }

    String gateway() {
        return "ws://" + Loopback.HOST + ":" + gatewayPort;
    }

    String ws() {
        return gateway() + "/ws";
    }
}
