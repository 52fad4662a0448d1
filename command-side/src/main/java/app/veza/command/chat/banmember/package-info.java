/** Keeping somebody out of a room. */
@NullMarked
package app.veza.command.chat.banmember;

import org.jspecify.annotations.NullMarked;
