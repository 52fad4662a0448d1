/** Taking the word from a member. */
@NullMarked
package app.veza.command.chat.mutemember;

import org.jspecify.annotations.NullMarked;
