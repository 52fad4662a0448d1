/** Whether a session is still good, decided from the log. */
@NullMarked
package app.veza.command.identity.session;

import org.jspecify.annotations.NullMarked;
