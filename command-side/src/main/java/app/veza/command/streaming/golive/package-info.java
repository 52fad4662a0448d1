/** The first audio of a stream. */
@NullMarked
package app.veza.command.streaming.golive;

import org.jspecify.annotations.NullMarked;
