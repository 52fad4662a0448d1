/** Folds of the log into read models: the replica's tables, the analytics database's facts, and Redis. */
@NullMarked
package app.veza.projection;

import org.jspecify.annotations.NullMarked;
