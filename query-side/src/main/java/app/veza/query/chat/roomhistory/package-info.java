/** What was said in a room, newest first. */
@NullMarked
package app.veza.query.chat.roomhistory;

import org.jspecify.annotations.NullMarked;
