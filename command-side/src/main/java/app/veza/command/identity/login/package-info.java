/** Proving who one is; the start of a session. */
@NullMarked
package app.veza.command.identity.login;

import org.jspecify.annotations.NullMarked;
