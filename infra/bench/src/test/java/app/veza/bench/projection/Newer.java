package app.veza.bench.projection;

import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisBatch;
import app.veza.projectionengine.RedisProjection;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jooq.DSLContext;

/** The next version of projections, which heeds some of their events only. */
final class Newer {

    private Newer() {}

    static Projection of(Projection former, Predicate<Recorded<?>> heeded) {
        return switch (former) {
            case SqlProjection sql -> new Sql(sql, heeded);
            case RedisProjection redis -> new Redis(redis, heeded);
        };
    }

    private static List<Recorded<?>> heeded(List<Recorded<?>> batch, Predicate<Recorded<?>> heeded) {
        return batch.stream().filter(heeded).toList();
    }

    private record Sql(SqlProjection former, Predicate<Recorded<?>> heeded) implements SqlProjection {

        @Override
        public String name() {
            return former.name();
        }

        @Override
        public int version() {
            return former.version() + 1;
        }

        @Override
        public Set<String> eventTypes() {
            return former.eventTypes();
        }

        @Override
        public boolean readsPersonal() {
            return former.readsPersonal();
        }

        @Override
        public Optional<Slicing> slicing() {
            return former.slicing();
        }

        @Override
        public String sequenceKey(LoggedEvent event) {
            return former.sequenceKey(event);
        }

        @Override
        public Target target() {
            return former.target();
        }

        @Override
        public String tables() {
            return former.tables();
        }

        @Override
        public Optional<String> indexes() {
            return former.indexes();
        }

        @Override
        public String views() {
            return former.views();
        }

        @Override
        public void apply(DSLContext tx, List<Recorded<?>> batch) {
            List<Recorded<?>> taken = Newer.heeded(batch, heeded);
            if (!taken.isEmpty()) {
                former.apply(tx, taken);
            }
        }
    }

    private record Redis(RedisProjection former, Predicate<Recorded<?>> heeded) implements RedisProjection {

        @Override
        public String name() {
            return former.name();
        }

        @Override
        public int version() {
            return former.version() + 1;
        }

        @Override
        public Set<String> eventTypes() {
            return former.eventTypes();
        }

        @Override
        public boolean readsPersonal() {
            return former.readsPersonal();
        }

        @Override
        public Optional<Slicing> slicing() {
            return former.slicing();
        }

        @Override
        public String sequenceKey(LoggedEvent event) {
            return former.sequenceKey(event);
        }

        @Override
        public void apply(RedisBatch operations, List<Recorded<?>> events) {
            List<Recorded<?>> taken = Newer.heeded(events, heeded);
            if (!taken.isEmpty()) {
                former.apply(operations, taken);
            }
        }
    }
}
