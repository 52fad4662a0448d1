/** Looking on as a room goes on. */
@NullMarked
package app.veza.command.chat.watchroom;

import org.jspecify.annotations.NullMarked;
