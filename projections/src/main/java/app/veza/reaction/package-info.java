/**
 * What follows from events in the world. A reaction is no projection: it begins at the end of the log and is never built again, and what
 * it is to send stands in an outbox by (position, channel, recipient), so that a crash loses none of it. Start reading at
 * {@link app.veza.reaction.Reaction}.
 */
@NullMarked
package app.veza.reaction;

import org.jspecify.annotations.NullMarked;
