/** The end of a stream whose broadcaster did not come back in time. */
@NullMarked
package app.veza.command.streaming.endabandoned;

import org.jspecify.annotations.NullMarked;
