package app.veza.projectionengine;

/**
 * An event that failed alone, twice, the second time from a fresh look at the store.
 *
 * @param error without values of the event, for it is kept
 */
record Poison(long position, String error) {}
