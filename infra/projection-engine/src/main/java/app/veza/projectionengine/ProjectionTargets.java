package app.veza.projectionengine;

import io.lettuce.core.RedisClient;
import javax.sql.DataSource;

/**
 * Where projections write.
 *
 * @param primary at least one connection for each projection of {@link Target#PRIMARY}
 * @param analytics likewise of {@link Target#ANALYTICS}
 * @param redis configured client; the engine opens one connection of its own for each Redis projection
 */
public record ProjectionTargets(DataSource primary, DataSource analytics, RedisClient redis) {
    DataSource of(Target target) {
        return switch (target) {
            case PRIMARY -> primary;
            case ANALYTICS -> analytics;
        };
    }
}
