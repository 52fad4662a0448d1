/** Saying something in a room. */
@NullMarked
package app.veza.command.chat.sendmessage;

import org.jspecify.annotations.NullMarked;
