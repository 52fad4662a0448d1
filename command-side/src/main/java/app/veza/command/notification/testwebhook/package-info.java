/** Having a webhook sent something, to see whether it arrives. */
@NullMarked
package app.veza.command.notification.testwebhook;

import org.jspecify.annotations.NullMarked;
