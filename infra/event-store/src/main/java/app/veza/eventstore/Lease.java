package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node of a log sequences: one key in a NATS KV bucket, renewed by whoever holds it and taken by another once it was not, or once
 * nobody listens for its holder. It is for speed and for fresh answers only: two that hold it cannot harm the log, the fence sees to that.
 * Nobody's clock is compared with another's.
 */
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String KEY = "sequencer";
    private static final long LOOK = Duration.ofMillis(150).toNanos();
    /** For so long after a renewal was sent the holder may answer from memory, even if it was paused meanwhile. */
    private static final long VALID = Duration.ofMillis(450).toNanos();
    /** So long after a renewal was seen another may take it, if nobody listens for the holder any more. More than {@link #VALID}. */
    private static final long GONE = Duration.ofMillis(500).toNanos();
    /** So long after a renewal was seen another may take it in any case. */
    private static final long EXPIRED = Duration.ofMillis(1200).toNanos();

    private static final int STREAM_NOT_FOUND = 10059;

    private final String node;
    private final String bucket;
    private final int replicas;
    private final Peers peers;
    private final BooleanSupplier able;
    private final Runnable changed;
    private final Thread thread;

    private @Nullable KeyValue keys;
    /** By which the keys are asked for. */
    private @Nullable Connection connection;

    private long revision;
    private long seenAt = System.nanoTime();
    private boolean told;
    private boolean replicated;

    private volatile String holder = "";
    private volatile long validUntil = System.nanoTime();
    private volatile boolean mine;
    private volatile boolean closing;

    /**
     * @param able whether this node could sequence now
     * @param changed is told whenever the holder changes
     */
    Lease(EventLogConfig config, String node, Peers peers, BooleanSupplier able, Runnable changed) {
        this.node = node;
        this.bucket = config.streamName() + "_LEASE";
        this.replicas = config.replicas();
        this.peers = peers;
        this.able = able;
        this.changed = changed;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("event-log-lease-" + config.streamName())
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Renewed so lately that nobody else can have taken it. */
    boolean isMine() {
        return mine && System.nanoTime() - validUntil < 0;
    }

    boolean isOwn(String who) {
        return node.equals(who);
    }

    /** Who holds it as far as is known here; empty when nobody does. */
    String holder() {
        return holder;
    }

    private void run() {
        while (!closing) {
            try {
                look();
                told = false;
            } catch (IOException | JetStreamApiException | RuntimeException e) {
                failed(e);
            } catch (InterruptedException e) {
                break;
            }
            LockSupport.parkNanos(this, holder.isEmpty() ? LOOK / 10 : LOOK);
        }
        release();
    }

    private void failed(Exception fault) {
        if (!told) {
            told = true;
            LOG.warn("The lease {} cannot be read or renewed: {}", bucket, fault.toString());
        }
        if (!isMine()) {
            mine = false;
        }
    }

    private void look() throws IOException, JetStreamApiException, InterruptedException {
        if (peers.gaveUp()) {
            peers.connect();
        }
        if (!replicated && !mine) {
            replicate();
        }
        if (mine && able.getAsBoolean()) {
            renew();
        } else if (mine) {
            release();
        } else {
            observe();
        }
    }

    private void renew() throws IOException, JetStreamApiException {
        long sentAt = System.nanoTime();
        try {
            revision = keys().update(KEY, bytes(node), revision);
            validUntil = sentAt + VALID;
        } catch (JetStreamApiException | IOException e) {
            KeyValueEntry entry = get();
            if (entry != null && node.equals(text(entry))) {
                // an earlier renewal whose answer was lost
                revision = entry.getRevision();
            } else {
                mine = false;
                observed(entry);
            }
        }
    }

    private void observe() throws IOException, JetStreamApiException, InterruptedException {
        KeyValueEntry entry = get();
        observed(entry);
        if (!able.getAsBoolean()) {
            return;
        }
        long unrenewed = System.nanoTime() - seenAt;
        if (holder.isEmpty()
                || holder.equals(node)
                || unrenewed > EXPIRED
                || unrenewed > GONE && peers.isGone(holder)) {
            take(entry);
        }
    }

    private void observed(@Nullable KeyValueEntry entry) {
        long seen = entry == null ? 0 : entry.getRevision();
        if (seen != revision) {
            revision = seen;
            seenAt = System.nanoTime();
        }
        held(entry == null ? "" : text(entry));
    }

    private void take(@Nullable KeyValueEntry entry) throws IOException, JetStreamApiException {
        long sentAt = System.nanoTime();
        try {
            revision = entry == null
                    ? keys().create(KEY, bytes(node))
                    : keys().update(KEY, bytes(node), entry.getRevision());
        } catch (JetStreamApiException anotherWasFirst) {
            LOG.debug("Another node took the lease {}: {}", bucket, anotherWasFirst.getMessage());
            return;
        }
        if (!holder.isEmpty() && !holder.equals(node)) {
            LOG.warn("Node {} sequences the log from now on: {} does not any more", node, holder);
        }
        validUntil = sentAt + VALID;
        mine = true;
        held(node);
    }

    private void held(String by) {
        if (!by.equals(holder)) {
            holder = by;
            changed.run();
        }
    }

    private void release() {
        if (!mine) {
            return;
        }
        mine = false;
        held("");
        try {
            keys().update(KEY, new byte[0], revision);
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.info("The lease {} could not be given back and expires: {}", bucket, e.getMessage());
        }
    }

    private @Nullable KeyValueEntry get() throws IOException, JetStreamApiException {
        try {
            return keys().get(KEY);
        } catch (JetStreamApiException | IOException e) {
            keys = null;
            if (!saysThatThereIsNoBucket(e)) {
                throw e;
            }
            create();
            return null;
        }
    }

    private static boolean saysThatThereIsNoBucket(Exception e) {
        return e instanceof JetStreamApiException refused
                ? refused.getApiErrorCode() == STREAM_NOT_FOUND
                : e.getCause() instanceof JetStreamApiException cause && cause.getApiErrorCode() == STREAM_NOT_FOUND;
    }

    /** In a file, so that a restart of the server does not make a lease vacant that somebody still trusts in. */
    private void create() throws IOException, JetStreamApiException {
        peers.nats()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder(bucket)
                        .description("Which node sequences the event log")
                        .storageType(StorageType.File)
                        .replicas(replicas)
                        .build());
    }

    /**
     * Kept by as many servers as the log is: the bucket may be from before there were so many. While it is kept by one alone nobody
     * can take over once that one is gone. Looked at once, and not by who has to renew in time.
     */
    private void replicate() throws IOException, JetStreamApiException {
        KeyValueManagement buckets = peers.nats().keyValueManagement();
        KeyValueConfiguration there;
        try {
            there = buckets.getStatus(bucket).getConfiguration();
        } catch (JetStreamApiException e) {
            if (!saysThatThereIsNoBucket(e)) {
                throw e;
            }
            replicated = true;
            return;
        }
        replicated = true;
        if (there.getReplicas() == replicas) {
            return;
        }
        try {
            buckets.update(
                    KeyValueConfiguration.builder(there).replicas(replicas).build());
            LOG.info("The lease {} is kept by {} servers from now on, not {}", bucket, replicas, there.getReplicas());
        } catch (IOException | JetStreamApiException e) {
            LOG.warn(
                    "The lease {} is kept by {} servers and the log by {}, which could not be changed: {}. When those are gone no node can take over",
                    bucket,
                    there.getReplicas(),
                    replicas,
                    e.getMessage());
        }
    }

    private KeyValue keys() throws IOException {
        KeyValue current = keys;
        Connection nats = peers.nats();
        if (current == null || nats != connection) {
            current = nats.keyValue(
                    bucket,
                    KeyValueOptions.builder()
                            .jetStreamOptions(JetStreamOptions.builder()
                                    .requestTimeout(Duration.ofMillis(500))
                                    .build())
                            .build());
            keys = current;
            connection = nats;
        }
        return current;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(KeyValueEntry entry) {
        byte[] value = entry.getValue();
        return value == null ? "" : new String(value, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
