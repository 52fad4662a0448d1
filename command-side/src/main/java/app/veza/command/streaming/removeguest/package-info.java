/** Letting somebody hear a private stream no longer. */
@NullMarked
package app.veza.command.streaming.removeguest;

import org.jspecify.annotations.NullMarked;
