/** Having a webhook told nothing any more. */
@NullMarked
package app.veza.command.notification.removewebhook;

import org.jspecify.annotations.NullMarked;
