package app.veza.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines to NATS' servers, which can be cut, or fall silent or become slow without either end being told. */
final class CutOffLine implements AutoCloseable {
    private static final Pattern CLIENT = Pattern.compile("^CONNECT .*\"name\":\"([^\"]*)\"");

    private final List<Line> lines = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** What the clients call themselves. */
    private final Map<Socket, String> clients = new ConcurrentHashMap<>();

    private volatile boolean cut;
    private volatile Predicate<String> isCut = client -> false;
    private volatile Consumer<ByteBuffer> change = piece -> {};
    private volatile Hold hold = new Hold(new CountDownLatch(0), 0);

    /** What is on its way waits until the line is mended, or for so long. */
    private record Hold(CountDownLatch mended, long nanos) {
        boolean pass() throws InterruptedException {
            return mended.await(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private record Line(URI server, ServerSocket listening) {
        String url() {
            return "nats://%s@127.0.0.1:%d".formatted(server.getUserInfo(), listening.getLocalPort());
        }
    }

    /** @param natsUrl of one server, or of several, separated by commas */
    CutOffLine(String natsUrl) throws IOException {
        for (String server : natsUrl.split(",")) {
            var line = new Line(URI.create(server), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            lines.add(line);
            Thread.ofVirtual().start(() -> accept(line));
        }
    }

    String url() {
        return lines.stream().map(Line::url).collect(Collectors.joining(","));
    }

    private void accept(Line line) {
        while (!line.listening.isClosed()) {
            try {
                Socket client = line.listening.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket upstream = new Socket(line.server.getHost(), line.server.getPort());
                sockets.add(client);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> pump(client, upstream));
                Thread.ofVirtual().start(() -> pump(upstream, client));
            } catch (IOException e) {
                if (!line.listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int read = from.getInputStream().read(buffer);
                    read > 0;
                    read = from.getInputStream().read(buffer)) {
                Matcher client = CLIENT.matcher(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                if (client.find()) {
                    clients.put(from, client.group(1));
                }
                if (isCut.test(clients.getOrDefault(from, ""))) {
                    return;
                }
                hold.pass();
                change.accept(ByteBuffer.wrap(buffer, 0, read));
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            sockets.remove(from);
        } finally {
            clients.remove(from);
        }
    }

    void cut() throws IOException {
        cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** Of these clients alone; they cannot come back either until the line is mended. */
    void cut(Predicate<String> which) throws IOException {
        isCut = which;
        for (Map.Entry<Socket, String> client : clients.entrySet()) {
            if (which.test(client.getValue())) {
                client.getKey().close();
            }
        }
    }

    /** What passes is other than what was sent, though as long. */
    void falsify(Consumer<ByteBuffer> change) {
        this.change = change;
    }

    void fallSilent() {
        hold = new Hold(new CountDownLatch(1), Long.MAX_VALUE);
    }

    /** Everything arrives, either way, but each piece of up to 64 KiB so much later, and the next one after it. */
    void slowDown(Duration late) {
        hold = new Hold(new CountDownLatch(1), late.toNanos());
    }

    /** What is on its way arrives at once, also what was sent by who has given up waiting. */
    void mend() {
        cut = false;
        isCut = client -> false;
        hold.mended.countDown();
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.listening.close();
        }
        cut();
        hold.mended.countDown();
    }
}
