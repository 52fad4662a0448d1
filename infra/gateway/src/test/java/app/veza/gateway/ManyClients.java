package app.veza.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Thousands of reading clients on one thread and one selector; what each receives goes to a listener. */
final class ManyClients implements AutoCloseable {
    @FunctionalInterface
    interface Listener {
        void received(int client, String text);
    }

    private static final class Peer {
        final int number;
        ByteBuffer buffer = ByteBuffer.allocate(512);

        Peer(int number) {
            this.number = number;
        }
    }

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Listener listener;
    private final Thread reader;
    private volatile boolean closed;

    ManyClients(int port, int count, String path, Listener listener) throws IOException {
        this.listener = listener;
        selector = Selector.open();
        byte[] request = RawClient.upgrade(path, "Authorization: Bearer many").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(request));
            readAnswer(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Peer(i));
            channels.add(channel);
        }
        reader = Thread.ofPlatform().name("many-clients").daemon().start(this::run);
    }

    private static void readAnswer(SocketChannel channel) throws IOException {
        StringBuilder answer = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("Handshake ended: " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (answer.indexOf("HTTP/1.1 101") != 0) {
            throw new IOException("Handshake refused: " + answer);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> read((SocketChannel) key.channel(), key, (Peer) key.attachment()), 200);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(SocketChannel channel, SelectionKey key, Peer peer) {
        try {
            if (!peer.buffer.hasRemaining()) {
                peer.buffer = ByteBuffer.allocate(peer.buffer.capacity() * 2).put(peer.buffer.flip());
            }
            if (channel.read(peer.buffer) < 0) {
                key.cancel();
                return;
            }
        } catch (IOException broken) {
            key.cancel();
            return;
        }
        peer.buffer.flip();
        while (frame(peer)) {
            // Each call took one frame
        }
        peer.buffer.compact();
    }

    private boolean frame(Peer peer) {
        ByteBuffer in = peer.buffer;
        if (in.remaining() < 2) {
            return false;
        }
        int start = in.position();
        int length = in.get(start + 1);
        int header = length == 126 ? 4 : 2;
        if (in.remaining() < header) {
            return false;
        }
        int size = length == 126 ? in.getShort(start + 2) & 0xFFFF : length;
        if (in.remaining() < header + size) {
            return false;
        }
        if ((in.get(start) & 0x0F) == RawClient.TEXT) {
            listener.received(peer.number, new String(in.array(), start + header, size, StandardCharsets.UTF_8));
        }
        in.position(start + header + size);
        return true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            reader.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
