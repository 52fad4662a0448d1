/** Having a program told what happens. */
@NullMarked
package app.veza.command.notification.registerwebhook;

import org.jspecify.annotations.NullMarked;
