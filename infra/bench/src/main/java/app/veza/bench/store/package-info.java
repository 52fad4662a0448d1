/** What the event store does beside its yardsticks: a raw publish to JetStream, and Axon's JPA engine on PostgreSQL. */
@NullMarked
package app.veza.bench.store;

import org.jspecify.annotations.NullMarked;
