/** Reacting to a message with an emoji. */
@NullMarked
package app.veza.command.chat.addreaction;

import org.jspecify.annotations.NullMarked;
