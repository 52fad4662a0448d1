package app.veza.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every meter of a gateway, made at its start: recording costs no look-up and names have a bounded set of tags. */
final class GatewayMetrics {

    enum HandshakeOutcome {
        ACCEPTED,
        REFUSED,
        ORIGIN,
        MALFORMED,
        NOT_FOUND,
        OVERLOADED,
        TOO_MANY,
        TIMEOUT,
        FAILED
    }

    private static final List<Integer> CODES = List.of(
            CloseCode.NORMAL,
            CloseCode.GOING_AWAY,
            CloseCode.PROTOCOL_ERROR,
            CloseCode.UNSUPPORTED_DATA,
            CloseCode.NO_STATUS,
            CloseCode.ABNORMAL,
            CloseCode.INVALID_PAYLOAD,
            CloseCode.TOO_BIG,
            CloseCode.INTERNAL_ERROR,
            CloseCode.SERVICE_RESTART,
            CloseCode.AUTHENTICATION_ENDED,
            CloseCode.SLOW_READER,
            CloseCode.TOO_MANY_FRAMES);

    final AtomicInteger sockets = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final Counter framesIn;
    final Counter framesOut;
    final Counter bytesIn;
    final Counter bytesOut;
    final Counter slowReaders;
    private final Timer fanOut;
    private final Map<HandshakeOutcome, Counter> handshakes;
    private final Map<Integer, Counter> closes;
    private final Counter otherCloses;

    GatewayMetrics(MeterRegistry registry) {
        Gauge.builder("gateway.sockets", sockets, AtomicInteger::get)
                .description("Open sockets, before and after the upgrade")
                .register(registry);
        Gauge.builder("gateway.connections", connections, AtomicInteger::get)
                .description("Open WebSocket connections")
                .register(registry);
        framesIn = registry.counter("gateway.frames", "direction", "in");
        framesOut = registry.counter("gateway.frames", "direction", "out");
        bytesIn = registry.counter("gateway.bytes", "direction", "in");
        bytesOut = registry.counter("gateway.bytes", "direction", "out");
        slowReaders = registry.counter("gateway.slow.readers");
        fanOut = Timer.builder("gateway.fanout")
                .description("From publish to the flush of the last subscriber on a loop")
                .publishPercentileHistogram()
                .register(registry);
        handshakes = Stream.of(HandshakeOutcome.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        outcome -> registry.counter(
                                "gateway.handshakes", "outcome", outcome.name().toLowerCase(Locale.ROOT))));
        closes = CODES.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        code -> registry.counter("gateway.closes", "code", Integer.toString(code))));
        // A client may send any of 2,000 private codes: they must not become 2,000 meters
        otherCloses = registry.counter("gateway.closes", "code", "other");
    }

    void handshake(HandshakeOutcome outcome) {
        handshakes.get(outcome).increment();
    }

    void closed(int code) {
        closes.getOrDefault(code, otherCloses).increment();
    }

    void fanOut(long nanos) {
        fanOut.record(nanos, TimeUnit.NANOSECONDS);
    }
}
