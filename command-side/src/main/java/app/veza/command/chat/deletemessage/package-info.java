/** Taking a message away. */
@NullMarked
package app.veza.command.chat.deletemessage;

import org.jspecify.annotations.NullMarked;
