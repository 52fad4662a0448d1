/** Signing in, or opening an account, with what one is known as at an OpenID provider. */
@NullMarked
package app.veza.command.identity.signinwith;

import org.jspecify.annotations.NullMarked;
