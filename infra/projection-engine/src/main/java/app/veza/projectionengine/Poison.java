package app.veza.projectionengine;

/**
 * An event that cannot be decoded, or failed alone: twice, the second time from a fresh look at the store, unless the database named its data.
 *
 * @param error without values of the event, for it is kept
 */
record Poison(long position, String error) {}
