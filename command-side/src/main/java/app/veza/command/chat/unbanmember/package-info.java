/** Letting somebody into a room again. */
@NullMarked
package app.veza.command.chat.unbanmember;

import org.jspecify.annotations.NullMarked;
