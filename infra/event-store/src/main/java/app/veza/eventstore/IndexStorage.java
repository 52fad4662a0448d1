package app.veza.eventstore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index's files from their opening to their end. Damage is noticed where it is met, by checksums: from then on, and
 * until the index is whole again, nothing is read from it, because a half index would answer as if the rest had never happened.
 */
final class IndexStorage implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final Logger LOG = LoggerFactory.getLogger(IndexStorage.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    interface Work<T> {
        T on(IndexFiles files) throws RocksDBException;
    }

    private final EventLogConfig config;
    /** Native memory is freed under the write lock only: a reader that met freed memory would take the process with it. */
    private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private @Nullable IndexFiles files;
    private volatile boolean damaged;
    private volatile boolean whole = true;
    private volatile int generation;

    IndexStorage(EventLogConfig config) {
        this.config = config;
        try {
            IndexFiles opened = IndexFiles.open(config);
            if (opened.isForeign()) {
                LOG.warn("The index in {} has another layout and is built anew from the log", config.indexDirectory());
                opened.close();
                IndexFiles.empty(config.indexDirectory());
                openNew();
            } else {
                files = opened;
            }
        } catch (RocksDBException e) {
            if (!isDamage(e)) {
                throw new IndexException("cannot open the index in " + config.indexDirectory(), e);
            }
            LOG.error("The index in {} is damaged and is built anew from the log", config.indexDirectory(), e);
            IndexFiles.empty(config.indexDirectory());
            openNew();
        }
    }

    private void openNew() {
        try {
            files = IndexFiles.open(config);
        } catch (RocksDBException e) {
            throw new IndexException("cannot create an index in " + config.indexDirectory(), e);
        }
    }

    /** Changes when the index no longer holds all that it held: what was found before says nothing any more. */
    int generation() {
        return generation;
    }

    /** Whether it has to be emptied and fed from the log again. */
    boolean damaged() {
        return damaged;
    }

    /** It holds everything again that it held before it was emptied. */
    void whole() {
        whole = true;
    }

    /**
     * Reads what is to be relied on.
     *
     * @throws AppendFailure.Unavailable while the index is built anew
     */
    <T> T read(Work<T> work) {
        // While it is mended there may be no files; that it is whole holds only with those in hand
        requireWhole();
        return work(opened -> {
            requireWhole();
            return work.on(opened);
        });
    }

    /** @throws AppendFailure.Unavailable while the index is built anew */
    void requireWhole() {
        if (damaged || !whole) {
            throw new AppendFailure.Unavailable("this node's index of the log is being built anew", RETRY_AFTER);
        }
    }

    /** For who builds the index, whole or not. */
    <T> T work(Work<T> work) {
        lifecycle.readLock().lock();
        try {
            if (files == null) {
                throw new IllegalStateException("the event log is closed");
            }
            return work.on(files);
        } catch (RocksDBException e) {
            if (isDamage(e)) {
                if (!damaged) {
                    LOG.error("The index in {} is damaged", config.indexDirectory(), e);
                }
                damaged = true;
            }
            throw new IndexException("the index in " + config.indexDirectory() + " failed", e);
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    private static boolean isDamage(RocksDBException e) {
        Status status = e.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption
                        || status.getCode() == Status.Code.IOError
                                && String.valueOf(e.getMessage()).contains("No such file"));
    }

    void empty() {
        exchange(null);
    }

    /** As it was flushed last, for what failed though nothing is damaged: a disk that is full, no file handle to be had. */
    void reopen() {
        lifecycle.writeLock().lock();
        try {
            closeFiles();
            files = IndexFiles.open(config);
        } catch (RocksDBException e) {
            damaged = isDamage(e);
            throw new IndexException("cannot open the index in " + config.indexDirectory() + " again", e);
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private void closeFiles() {
        if (files != null) {
            files.close();
            files = null;
        }
        whole = false;
        generation++;
    }

    /** @param replacement becomes the index's directory; null: an empty one */
    void exchange(@Nullable Path replacement) {
        lifecycle.writeLock().lock();
        try {
            closeFiles();
            IndexFiles.empty(config.indexDirectory());
            if (replacement != null) {
                IndexFiles.moveInto(config.indexDirectory(), replacement);
            }
            openNew();
            damaged = false;
        } catch (IOException e) {
            throw new IndexException("%s cannot become the index".formatted(replacement), e);
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    /** What is damaged is not kept: the next start feeds an index from the log. */
    @Override
    public void close() {
        lifecycle.writeLock().lock();
        try {
            if (files == null) {
                return;
            }
            flush(files);
            files.close();
            files = null;
            if (damaged) {
                IndexFiles.empty(config.indexDirectory());
            }
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private void flush(IndexFiles open) {
        if (damaged) {
            return;
        }
        try {
            open.flush();
        } catch (RocksDBException e) {
            damaged = isDamage(e);
            LOG.error(
                    "The index in {} could not be flushed; the next start feeds it again from {}",
                    config.indexDirectory(),
                    damaged ? "the log's start, for it is damaged" : "where it was flushed last",
                    e);
        }
    }
}
