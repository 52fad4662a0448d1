/** Taking a reaction back. */
@NullMarked
package app.veza.command.chat.removereaction;

import org.jspecify.annotations.NullMarked;
