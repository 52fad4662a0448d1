/** Leaving a room, or being removed from it. */
@NullMarked
package app.veza.command.chat.leaveroom;

import org.jspecify.annotations.NullMarked;
