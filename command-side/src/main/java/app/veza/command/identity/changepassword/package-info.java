/** Another password, by who knows the present one. */
@NullMarked
package app.veza.command.identity.changepassword;

import org.jspecify.annotations.NullMarked;
