/** Other recovery codes in place of those that are used, lost or seen by others. */
@NullMarked
package app.veza.command.identity.renewrecoverycodes;

import org.jspecify.annotations.NullMarked;
