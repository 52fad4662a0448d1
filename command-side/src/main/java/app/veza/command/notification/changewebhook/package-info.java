/** Having a webhook told other things, elsewhere, or nothing for a while. */
@NullMarked
package app.veza.command.notification.changewebhook;

import org.jspecify.annotations.NullMarked;
