/** Asking for a mail that lets one choose another password. */
@NullMarked
package app.veza.command.identity.forgotpassword;

import org.jspecify.annotations.NullMarked;
