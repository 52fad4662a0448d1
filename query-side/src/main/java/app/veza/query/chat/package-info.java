/** Rooms, their members and what was said. */
@NullMarked
package app.veza.query.chat;

import org.jspecify.annotations.NullMarked;
