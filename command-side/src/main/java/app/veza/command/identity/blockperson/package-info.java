/** Not wanting to hear from somebody. */
@NullMarked
package app.veza.command.identity.blockperson;

import org.jspecify.annotations.NullMarked;
