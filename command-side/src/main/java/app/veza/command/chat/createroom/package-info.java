/** Opening a room. */
@NullMarked
package app.veza.command.chat.createroom;

import org.jspecify.annotations.NullMarked;
