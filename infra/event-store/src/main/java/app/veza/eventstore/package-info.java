/** An event log in NATS JetStream with exact append conditions over any combination of types and tags, and a local index to source from. */
@NullMarked
package app.veza.eventstore;

import org.jspecify.annotations.NullMarked;
