/** Which OpenID providers open a person's account, as they see it themself; read from the log like every credential. */
@NullMarked
package app.veza.command.identity.linkedproviders;

import org.jspecify.annotations.NullMarked;
