/** Giving the word back to a member. */
@NullMarked
package app.veza.command.chat.unmutemember;

import org.jspecify.annotations.NullMarked;
