/** Giving a room another name or topic. */
@NullMarked
package app.veza.command.chat.changeroom;

import org.jspecify.annotations.NullMarked;
