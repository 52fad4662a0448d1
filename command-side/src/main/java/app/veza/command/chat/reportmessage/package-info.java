/** Telling those who look after a room that a message should not be there. */
@NullMarked
package app.veza.command.chat.reportmessage;

import org.jspecify.annotations.NullMarked;
