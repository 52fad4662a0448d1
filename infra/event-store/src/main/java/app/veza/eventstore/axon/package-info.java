/** The event log as an Axon event store with dynamic consistency boundaries. */
@NullMarked
package app.veza.eventstore.axon;

import org.jspecify.annotations.NullMarked;
