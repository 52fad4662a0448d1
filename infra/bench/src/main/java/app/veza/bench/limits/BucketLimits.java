package app.veza.bench.limits;

import app.veza.stores.Quota;
import app.veza.stores.Redis;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;

/** The same question by Bucket4j's compare-and-swap over Lettuce, a bucket for each limit, as its documentation has it. */
final class BucketLimits implements AutoCloseable {

    private final StatefulRedisConnection<String, byte[]> connection;
    private final ProxyManager<String> buckets;
    private final BucketConfiguration person;
    private final BucketConfiguration address;

    BucketLimits(Redis redis, Quota person, Quota address) {
        connection = redis.client().connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        buckets = Bucket4jLettuce.casBasedBuilder(connection)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
                .build();
        this.person = configuration(person);
        this.address = configuration(address);
    }

    private static BucketConfiguration configuration(Quota quota) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(quota.amount()).refillGreedy(quota.amount(), quota.window()))
                .build();
    }

    boolean take(int who) {
        return buckets.getProxy("bucket:person:" + who, () -> person).tryConsume(1)
                && buckets.getProxy("bucket:address:" + who / 10, () -> address).tryConsume(1);
    }

    @Override
    public void close() {
        connection.close();
    }
}
