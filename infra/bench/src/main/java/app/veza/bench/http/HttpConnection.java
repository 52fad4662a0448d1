package app.veza.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection of HTTP/1.1, opened anew where an answer ended it, as one of an overloaded server may, and no more of the protocol than Veza's answers use: the load generator shares the
 * machine with what it measures, so every microsecond it takes is one that the server lacks.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final String host;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    public HttpConnection(URI server) throws IOException {
        InetAddress address = InetAddress.getByName(server.getHost());
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("Load is sent to this machine only, not to " + server);
        }
        this.server = new InetSocketAddress(address, server.getPort());
        host = server.getAuthority();
        open();
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(server, TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** @param body decoded as UTF-8; empty when there is none @param position of {@code Veza-Position}, 0 without */
    public record Answer(int status, String body, long position) {}

    /** The bytes of a request; made once where it is sent many times. */
    public byte[] request(String method, String path, String token, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        if (!token.isEmpty()) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        if (content.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        if (content.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        return request;
    }

    /** Sends and reads the whole answer. */
    public Answer exchange(byte[] request) throws IOException {
        out.write(request);
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        int length = 0;
        long position = 0;
        boolean chunked = false;
        boolean ends = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "connection" -> ends = value.equalsIgnoreCase("close");
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "veza-position" -> position = Long.parseLong(value);
                default -> {
                    // no other header matters here
                }
            }
        }
        byte[] body = chunked ? chunks() : in.readNBytes(length);
        if (ends) {
            socket.close();
            open();
        }
        return new Answer(status, new String(body, StandardCharsets.UTF_8), position);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream(4096);
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
