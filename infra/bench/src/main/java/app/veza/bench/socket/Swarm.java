package app.veza.bench.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Many sockets of one process. Its descriptors and its ports are bounded, so that tens of thousands are several swarms. */
final class Swarm {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final long LONGEST_MICROS = 60_000_000L;

    /** More at once only wait for each other, at last longer than a handshake may take. */
    private static final int HANDSHAKES_AT_ONCE = 256;

    private final URI gateway;
    private final String source;
    private final List<String> tokens;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<SwarmSocket> sockets = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final LongAdder deliveries = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Talk talk;

    /** What a socket says as soon as it was answered, until an instant. */
    private record Talk(List<String> rooms, long end) {}

    /** @param source loopback address that the sockets come from: each has ports of its own */
    Swarm(URI gateway, String source, List<String> tokens) {
        this.gateway = gateway;
        this.source = source;
        this.tokens = List.copyOf(tokens);
    }

    /** Opens so many more, some hundred at a time; the seconds that it took. */
    double connect(int count) {
        return connect(number -> 0L, count, HANDSHAKES_AT_ONCE);
    }

    private double connect(IntFunction<Long> positions, int count, int atOnce) {
        long start = System.nanoTime();
        int first = sockets.size();
        int before = open.get();
        for (int i = 0; i < count; i++) {
            int opening = i;
            await("sockets to open", () -> opening - (open.get() - before) < atOnce);
            SwarmSocket socket = new SwarmSocket(this, handshake(first + i), positions.apply(i));
            sockets.add(socket);
            new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(socket)
                    .connect(
                            new InetSocketAddress(gateway.getHost(), gateway.getPort()),
                            new InetSocketAddress(source, 0))
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            faults.add(String.valueOf(done.cause()));
                        }
                    });
        }
        await("sockets to open", () -> open.get() >= before + count);
        return (System.nanoTime() - start) / 1e9;
    }

    private String handshake(int number) {
        return """
                GET /ws HTTP/1.1\r
                Host: %s:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Authorization: Bearer %s\r
                \r
                """.formatted(gateway.getHost(), gateway.getPort(), tokens.get(number % tokens.size()));
    }

    /** The first so many of them follow the rooms in turn. */
    void subscribe(List<String> rooms, int count) {
        int before = answers.get();
        for (int i = 0; i < count; i++) {
            sockets.get(i)
                    .send("{\"id\":1,\"type\":\"room.subscribe\",\"roomId\":\"" + rooms.get(i % rooms.size()) + "\"}");
        }
        await("subscriptions", () -> answers.get() >= before + count);
    }

    /** The first of them say something, all together so many a second, each with the time when it was due. */
    void say(String room, int senders, double perSecond, double seconds) {
        int before = answers.get();
        long start = System.nanoTime();
        int count = (int) (perSecond * seconds);
        for (int i = 0; i < count; i++) {
            long due = start + (long) (1e9 * i / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            sockets.get(i % senders).send(message(room, due));
        }
        await("acknowledgements", () -> answers.get() >= before + count);
    }

    /** The first of them speak in the rooms in turn, each again when it was answered; how many were acknowledged a second. */
    double talk(List<String> rooms, int senders, double seconds) {
        int before = answers.get();
        long start = System.nanoTime();
        talk = new Talk(rooms, start + (long) (1e9 * seconds));
        for (int i = 0; i < senders; i++) {
            sockets.get(i).send(message(rooms.get(i % rooms.size()), System.nanoTime()));
        }
        LockSupport.parkNanos((long) (1e9 * seconds));
        while (System.nanoTime() - start < 1e9 * seconds) {
            LockSupport.parkNanos(1_000_000);
        }
        talk = null;
        return (answers.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static String message(String room, long at) {
        return "{\"id\":2,\"type\":\"message.send\",\"roomId\":\"" + room + "\",\"text\":\"t=" + at + "\"}";
    }

    /** Waits until each has seen something. */
    void settle() {
        await("first messages", () -> sockets.stream().allMatch(socket -> socket.position > 0));
    }

    /** What the first of them have seen last, once nothing comes any more: they are to be asked when all was acknowledged. */
    List<Long> positions(int count) {
        long before = -1;
        while (before != deliveries.sum()) {
            before = deliveries.sum();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return sockets.stream().limit(count).map(socket -> socket.position).toList();
    }

    void cut() {
        sockets.forEach(SwarmSocket::cut);
        await("sockets to close", () -> open.get() == 0);
    }

    /** All that were cut come back at once from where they were; the seconds until each has seen its room's last position. */
    double resume(List<String> rooms, List<Long> last) {
        List<Long> positions = sockets.stream().map(socket -> socket.position).toList();
        sockets.clear();
        long start = System.nanoTime();
        connect(positions::get, positions.size(), positions.size());
        for (int i = 0; i < sockets.size(); i++) {
            sockets.get(i)
                    .send("{\"id\":1,\"type\":\"room.subscribe\",\"roomId\":\"%s\",\"from\":%d}"
                            .formatted(rooms.get(i % rooms.size()), positions.get(i)));
        }
        await("sockets to be current", () -> {
            for (int i = 0; i < sockets.size(); i++) {
                if (sockets.get(i).position < last.get(i % last.size())) {
                    return false;
                }
            }
            return true;
        });
        return (System.nanoTime() - start) / 1e9;
    }

    void opened(SwarmSocket socket) {
        open.incrementAndGet();
    }

    void gone(boolean wasOpen) {
        if (wasOpen) {
            open.decrementAndGet();
        }
    }

    void refused(String why) {
        faults.add(why);
    }

    void closedByServer(int code) {
        faults.add("closed with " + code);
    }

    void answered(SwarmSocket socket, @Nullable String error) {
        if (error != null) {
            faults.add(error);
        }
        answers.incrementAndGet();
        Talk going = talk;
        if (going != null && System.nanoTime() < going.end()) {
            socket.send(message(going.rooms().get(answers.get() % going.rooms().size()), System.nanoTime()));
        }
    }

    /** @param sentAt by the clock that all processes of the machine share; 0 for what is no message of this bench */
    void delivered(long sentAt, long position) {
        deliveries.increment();
        if (sentAt > 0) {
            micros.recordValue(Math.clamp((System.nanoTime() - sentAt) / 1000, 0, LONGEST_MICROS));
        }
    }

    /** Since the last time: how many deliveries, and how long they took. */
    record Report(long deliveries, double p50Millis, double p99Millis) {}

    Report report() {
        Report report = new Report(
                deliveries.sumThenReset(),
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0);
        micros.reset();
        return report;
    }

    private void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!done.getAsBoolean()) {
            if (!faults.isEmpty() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Waiting for %s: %d open, %d answered; faults: %s"
                        .formatted(
                                what,
                                open.get(),
                                answers.get(),
                                faults.stream().limit(3).toList()));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
