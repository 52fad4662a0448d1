/** Ending a live stream. */
@NullMarked
package app.veza.command.streaming.stopstream;

import org.jspecify.annotations.NullMarked;
