/** Letting an OpenID provider open an account that one has. */
@NullMarked
package app.veza.command.identity.linkprovider;

import org.jspecify.annotations.NullMarked;
