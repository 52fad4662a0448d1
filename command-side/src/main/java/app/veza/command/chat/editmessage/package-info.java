/** Putting another text in place of what one said. */
@NullMarked
package app.veza.command.chat.editmessage;

import org.jspecify.annotations.NullMarked;
