package app.veza.query.analytics;

import app.veza.stores.ReadPositions;

/**
 * The analytics database, as who runs the query side provides it.
 *
 * @param positions of the projections there
 */
public record AnalyticsStore(ReadPositions positions) implements AutoCloseable {

    @Override
    public void close() {
        positions.close();
    }
}
