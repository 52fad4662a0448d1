/** Closing a room for good. */
@NullMarked
package app.veza.command.chat.closeroom;

import org.jspecify.annotations.NullMarked;
