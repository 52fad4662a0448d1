/** Looking on as a stream goes on. */
@NullMarked
package app.veza.command.streaming.watchstream;

import org.jspecify.annotations.NullMarked;
