/** A broadcaster who is back on the same stream. */
@NullMarked
package app.veza.command.streaming.resumestream;

import org.jspecify.annotations.NullMarked;
