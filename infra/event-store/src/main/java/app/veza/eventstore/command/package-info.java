/** Execution of commands against the event log: decided once, answered always. */
@NullMarked
package app.veza.eventstore.command;

import org.jspecify.annotations.NullMarked;
