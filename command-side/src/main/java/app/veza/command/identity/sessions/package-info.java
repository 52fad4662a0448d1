/**
 * A person's sessions, as they see them themself. Read from the log like every credential: where somebody signed in from stands in
 * no read model.
 */
@NullMarked
package app.veza.command.identity.sessions;

import org.jspecify.annotations.NullMarked;
