package app.veza.stores;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Takes every mail, late, and never answers a {@code QUIT}. */
final class SlowSmtpServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger taken = new AtomicInteger();
    private final Duration toTakeOne;

    SlowSmtpServer(Duration toTakeOne) throws IOException {
        this.toTakeOne = toTakeOne;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int taken() {
        return taken.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                var lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            say(client, "220 slow");
            boolean inMail = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (inMail) {
                    if (line.equals(".")) {
                        inMail = false;
                        LockSupport.parkNanos(toTakeOne.toNanos());
                        taken.incrementAndGet();
                        say(client, "250 taken");
                    }
                } else if (line.equals("DATA")) {
                    inMail = true;
                    say(client, "354 go on");
                } else if (!line.equals("QUIT")) {
                    say(client, "250 slow");
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
