/** Having read a room up to a message. */
@NullMarked
package app.veza.command.chat.markread;

import org.jspecify.annotations.NullMarked;
