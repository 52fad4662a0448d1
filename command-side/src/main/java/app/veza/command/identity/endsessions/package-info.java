/** Ending all sessions of a person: all others by themself, all by an admin. */
@NullMarked
package app.veza.command.identity.endsessions;

import org.jspecify.annotations.NullMarked;
