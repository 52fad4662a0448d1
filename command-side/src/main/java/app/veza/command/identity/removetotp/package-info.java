/** Signing in without codes again. */
@NullMarked
package app.veza.command.identity.removetotp;

import org.jspecify.annotations.NullMarked;
