/** Proving that an address is one's own, which claims it. */
@NullMarked
package app.veza.command.identity.verifyemail;

import org.jspecify.annotations.NullMarked;
