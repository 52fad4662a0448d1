/** A person goes, and takes along what is known of them. */
@NullMarked
package app.veza.command.identity.eraseperson;

import org.jspecify.annotations.NullMarked;
