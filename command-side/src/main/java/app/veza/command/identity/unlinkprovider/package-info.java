/** Letting it open the account no more. */
@NullMarked
package app.veza.command.identity.unlinkprovider;

import org.jspecify.annotations.NullMarked;
