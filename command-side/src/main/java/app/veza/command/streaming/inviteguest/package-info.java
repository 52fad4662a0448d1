/** Letting somebody hear a private stream. */
@NullMarked
package app.veza.command.streaming.inviteguest;

import org.jspecify.annotations.NullMarked;
