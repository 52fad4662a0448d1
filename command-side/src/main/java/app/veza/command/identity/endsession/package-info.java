/** Ending one session of a person, by them from another one or by an admin. */
@NullMarked
package app.veza.command.identity.endsession;

import org.jspecify.annotations.NullMarked;
