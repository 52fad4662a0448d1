/** Audio of a stream that is in object storage. */
@NullMarked
package app.veza.command.streaming.storesegments;

import org.jspecify.annotations.NullMarked;
