package app.veza.eventstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBufferManager;

/**
 * The opened RocksDB of an index. It has no write-ahead log, because the event log is one: after a crash it stands where it was flushed
 * last (all column families at the same point, {@code atomic_flush}) and is fed from there again.
 */
final class IndexFiles implements AutoCloseable {
    private static final int CACHE_SHARD_BITS = 2;
    /** Of all memory: a column family writes a file when it has gathered so much. */
    private static final int MEMTABLE_SHARE = 4;
    /** Of all memory: what all memtables may take before they are written. They are charged to the cache, so blocks make room for them. */
    private static final int MEMTABLES_SHARE = 2;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB db;

    private IndexFiles(Path directory, int maxOpenFiles, long cacheBytes) throws RocksDBException {
        LRUCache cache = keep(new LRUCache(cacheBytes, CACHE_SHARD_BITS));
        WriteBufferManager memtables = keep(new WriteBufferManager(cacheBytes / MEMTABLES_SHARE, cache));
        BloomFilter bloom = keep(new BloomFilter(10));
        DBOptions options = keep(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setWriteBufferManager(memtables)
                .setMaxOpenFiles(maxOpenFiles)
                .setMaxBackgroundJobs(2)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2);
        var descriptors = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(table(cache), cacheBytes)),
                new ColumnFamilyDescriptor("events".getBytes(US_ASCII), family(table(cache), cacheBytes)),
                new ColumnFamilyDescriptor(
                        "commands".getBytes(US_ASCII), family(table(cache).setFilterPolicy(bloom), cacheBytes)));
        this.db = RocksDB.open(options, directory.toString(), descriptors, families);
    }

    static IndexFiles open(EventLogConfig config) throws RocksDBException {
        Path directory = config.indexDirectory();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the index directory " + directory, e);
        }
        return new IndexFiles(directory, config.indexMaxOpenFiles(), config.indexCacheBytes());
    }

    /** Index and filter in partitions: whole, those of a large file do not fit into a shard of the cache and would be read for every get. */
    private static BlockBasedTableConfig table(LRUCache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(8 << 10)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(8 << 10)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
    }

    private ColumnFamilyOptions family(BlockBasedTableConfig table, long cacheBytes) {
        return keep(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(cacheBytes / MEMTABLE_SHARE)
                .setMaxWriteBufferNumber(3)
                .setLevel0FileNumCompactionTrigger(6)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        natives.add(resource);
        return resource;
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle events() {
        return families.get(1);
    }

    /** Nearly every look-up here is for an id that was never used: this family alone bears a Bloom filter. */
    ColumnFamilyHandle commands() {
        return families.get(2);
    }

    boolean isForeign() throws RocksDBException {
        try (RocksIterator all = db.newIterator()) {
            all.seekToFirst();
            return all.isValid() && db.get(IndexKeys.CHECKPOINT) == null;
        }
    }

    /** Hard links to files that never change: it takes no room, and no time. What lies in memory is flushed first. */
    void copyTo(Path directory) throws RocksDBException {
        try (var checkpoint = org.rocksdb.Checkpoint.create(db)) {
            checkpoint.createCheckpoint(directory.toString());
        }
    }

    /** Without a flush the next start would read again from the log what lay in memory. */
    void flush() throws RocksDBException {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, families);
        }
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        db.close();
        for (AutoCloseable resource : natives.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("RocksDB options do not fail to close", e);
            }
        }
    }

    /** Damage that no checksum tells of. */
    static RocksDBException damage(String what) {
        return new RocksDBException(what, new Status(Status.Code.Corruption, Status.SubCode.None, what));
    }

    /** The directory stays: it may be a mount point, or lie in another that this process may not write in. */
    static void empty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            for (Path file : filesIn(directory)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty the index in " + directory, e);
        }
    }

    /** Makes another directory's files those of this empty one, file by file, for the same reason. */
    static void moveInto(Path directory, Path replacement) throws IOException {
        Files.createDirectories(directory);
        for (Path file : filesIn(replacement)) {
            Files.move(file, directory.resolve(file.getFileName()));
        }
        delete(replacement);
    }

    /** RocksDB has no directories in its own; a file system may have one at its root. */
    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the index in " + directory, e);
        }
    }
}
