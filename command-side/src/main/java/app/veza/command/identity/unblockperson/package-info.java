/** Hearing from somebody again. */
@NullMarked
package app.veza.command.identity.unblockperson;

import org.jspecify.annotations.NullMarked;
