/** Taking a recording away. */
@NullMarked
package app.veza.command.streaming.deleterecording;

import org.jspecify.annotations.NullMarked;
