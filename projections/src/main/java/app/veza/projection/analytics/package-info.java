/** The star schema of the analytics database: dimensions, facts, and roll-ups of the facts by hour. See ANALYTICS.md. */
@NullMarked
package app.veza.projection.analytics;

import org.jspecify.annotations.NullMarked;
