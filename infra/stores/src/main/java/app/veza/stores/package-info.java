/** Clients of the stores: PostgreSQL pools, Redis, and which of them has reached a position. */
@org.jspecify.annotations.NullMarked
package app.veza.stores;
