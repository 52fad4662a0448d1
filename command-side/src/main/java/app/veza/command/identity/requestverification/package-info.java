/** Asking for another mail that proves an address, when the first one is lost or too old. */
@NullMarked
package app.veza.command.identity.requestverification;

import org.jspecify.annotations.NullMarked;
