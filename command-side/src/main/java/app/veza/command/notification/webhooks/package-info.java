/** A person's webhooks, as they see them themself; read from the log, for their addresses and secrets stand in no read model. */
@NullMarked
package app.veza.command.notification.webhooks;

import org.jspecify.annotations.NullMarked;
