/** Beginning to listen. */
@NullMarked
package app.veza.command.streaming.joinstream;

import org.jspecify.annotations.NullMarked;
