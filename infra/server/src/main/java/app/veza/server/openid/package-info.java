/** Speaks OpenID Connect with the providers of the configuration. */
@NullMarked
package app.veza.server.openid;

import org.jspecify.annotations.NullMarked;
