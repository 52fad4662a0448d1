/** Whether a person signs in with codes, as they see it themself; read from the log like every credential. */
@NullMarked
package app.veza.command.identity.totpstatus;

import org.jspecify.annotations.NullMarked;
