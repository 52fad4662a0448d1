package app.veza.gateway;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A WebSocket client on a bare socket, that can also do what no client should. */
public final class RawClient implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    public record WireFrame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    public record Answer(int status, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 4096));
        out = socket.getOutputStream();
    }

    static RawClient socket(int port) {
        return socket(port, 0);
    }

    static RawClient socket(int port, int receiveBuffer) {
        try {
            return new RawClient(port, receiveBuffer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static RawClient open(int port, String path) {
        return open(port, path, 0);
    }

    static RawClient open(int port, String path, int receiveBuffer) {
        RawClient client = socket(port, receiveBuffer);
        client.write(upgrade(path, "Authorization: Bearer tester"));
        Answer answer = client.answer();
        if (answer.status() != 101) {
            throw new IllegalStateException("Handshake refused: " + answer);
        }
        return client;
    }

    static String upgrade(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    RawClient write(String bytes) {
        return write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Answer answer() {
        try {
            String[] status = line().split(" ", 3);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return new Answer(Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public RawClient text(String text) {
        return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient frame(boolean last, int opcode, byte[] payload) {
        return write(encode(last, opcode, payload));
    }

    static byte[] encode(boolean last, int opcode, byte[] payload) {
        ByteBuffer frame = header(last, opcode, payload.length, payload.length);
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return java.util.Arrays.copyOf(frame.array(), frame.position());
    }

    /** A header that claims {@code length} bytes of payload, with room for {@code room}. */
    static ByteBuffer header(boolean last, int opcode, long length, int room) {
        ByteBuffer frame = ByteBuffer.allocate(14 + room);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (length <= 125) {
            frame.put((byte) (0x80 | length));
        } else if (length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        return frame;
    }

    public WireFrame read() {
        try {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte();
            int size = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
            return new WireFrame(opcode, in.readNBytes(size));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads on to the close frame, then to the end of the stream. */
    int readClose() {
        WireFrame frame = read();
        while (frame.opcode() != CLOSE) {
            frame = read();
        }
        return frame.closeCode();
    }

    boolean ended() {
        try {
            return in.read() < 0;
        } catch (EOFException end) {
            return true;
        } catch (IOException reset) {
            return reset.getMessage() != null && reset.getMessage().contains("reset");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
