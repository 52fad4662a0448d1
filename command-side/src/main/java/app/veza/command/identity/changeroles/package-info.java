/** What a person may do on the platform, decided by an admin. */
@NullMarked
package app.veza.command.identity.changeroles;

import org.jspecify.annotations.NullMarked;
