/** Another password, by who got the mail. */
@NullMarked
package app.veza.command.identity.resetpassword;

import org.jspecify.annotations.NullMarked;
