/** What use cases with a door on sockets share. */
@NullMarked
package app.veza.command.socket;

import org.jspecify.annotations.NullMarked;
