/** Making members of a room wait between two messages. */
@NullMarked
package app.veza.command.chat.slowmode;

import org.jspecify.annotations.NullMarked;
