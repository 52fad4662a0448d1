/** No longer listening. */
@NullMarked
package app.veza.command.streaming.endlistening;

import org.jspecify.annotations.NullMarked;
