/** What is asked for beside a password: codes that change with the time, and those for when the device is lost. */
@NullMarked
package app.veza.command.identity.secondfactor;

import org.jspecify.annotations.NullMarked;
