/** What becomes of webhooks that take nothing. */
@NullMarked
package app.veza.command.notification.disablewebhook;

import org.jspecify.annotations.NullMarked;
