/** How fast projections are: rebuilt from a realistic history, following live, and beside Axon's event processor. */
@NullMarked
package app.veza.bench.projection;

import org.jspecify.annotations.NullMarked;
