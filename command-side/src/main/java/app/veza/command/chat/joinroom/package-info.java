/** Becoming a member of a room, by oneself or by invitation. */
@NullMarked
package app.veza.command.chat.joinroom;

import org.jspecify.annotations.NullMarked;
