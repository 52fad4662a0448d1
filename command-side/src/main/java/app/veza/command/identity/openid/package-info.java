/** Who people are at OpenID providers, once it was proved there. */
@NullMarked
package app.veza.command.identity.openid;

import org.jspecify.annotations.NullMarked;
