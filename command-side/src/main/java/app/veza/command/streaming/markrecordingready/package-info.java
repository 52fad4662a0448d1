/** A recording that can be played. */
@NullMarked
package app.veza.command.streaming.markrecordingready;

import org.jspecify.annotations.NullMarked;
