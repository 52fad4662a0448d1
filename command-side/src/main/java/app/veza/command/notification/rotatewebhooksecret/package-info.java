/** Signing what a webhook is sent with another secret. */
@NullMarked
package app.veza.command.notification.rotatewebhooksecret;

import org.jspecify.annotations.NullMarked;
