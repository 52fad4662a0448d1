/** Rooms: the caller's own, public ones, one. */
@NullMarked
package app.veza.query.chat.rooms;

import org.jspecify.annotations.NullMarked;
