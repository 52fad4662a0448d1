package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as they are, with what no HTTP client would send, one connection each. */
final class RawHttp {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");
    private static final int PATIENCE_MILLIS = 60_000;

    private final InetSocketAddress server;

    RawHttp(String base) {
        URI address = URI.create(base);
        this.server = new InetSocketAddress(address.getHost(), address.getPort());
    }

    /** @param status 0: the server ended the connection without a word */
    record Answer(int status, String text) {}

    /** The head's characters are bytes; the length of the body is told. */
    Answer send(String head, byte[] body) throws IOException {
        var request = new ByteArrayOutputStream();
        request.write((head + "Host: veza\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        request.write(body);
        return send(request.toByteArray());
    }

    Answer send(byte[] request) throws IOException {
        try (Socket socket = open()) {
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (SocketException refusedAlready) {
                return answer(socket);
            }
            return answer(socket);
        }
    }

    Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server);
        return socket;
    }

    /** To the end of the connection. */
    static Answer answer(Socket socket) throws IOException {
        var text = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(text);
        } catch (SocketException reset) {
            return parsed(text);
        }
        return parsed(text);
    }

    private static Answer parsed(ByteArrayOutputStream bytes) {
        String text = bytes.toString(UTF_8);
        Matcher status = STATUS.matcher(text);
        return new Answer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
    }
}
