/** Opening a live stream. */
@NullMarked
package app.veza.command.streaming.createstream;

import org.jspecify.annotations.NullMarked;
