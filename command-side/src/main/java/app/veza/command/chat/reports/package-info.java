/** What was reported in a room, for those who look after it. */
@NullMarked
package app.veza.command.chat.reports;

import org.jspecify.annotations.NullMarked;
