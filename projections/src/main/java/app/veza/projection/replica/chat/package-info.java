/** Rooms, members and messages. */
@NullMarked
package app.veza.projection.replica.chat;

import org.jspecify.annotations.NullMarked;
