/** A stream whose broadcaster is cut off. */
@NullMarked
package app.veza.command.streaming.interruptstream;

import org.jspecify.annotations.NullMarked;
