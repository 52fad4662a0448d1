/** Going on with a session. */
@NullMarked
package app.veza.command.identity.refresh;

import org.jspecify.annotations.NullMarked;
