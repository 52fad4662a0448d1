/** Signing in with codes from now on, one having been made with the new secret. */
@NullMarked
package app.veza.command.identity.confirmtotp;

import org.jspecify.annotations.NullMarked;
