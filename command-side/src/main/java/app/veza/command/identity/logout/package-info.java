/** Ending a session. */
@NullMarked
package app.veza.command.identity.logout;

import org.jspecify.annotations.NullMarked;
