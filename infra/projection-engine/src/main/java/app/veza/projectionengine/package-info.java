/** Runs projections: batches of the log into read models, each with its position, exactly once. */
@org.jspecify.annotations.NullMarked
package app.veza.projectionengine;
